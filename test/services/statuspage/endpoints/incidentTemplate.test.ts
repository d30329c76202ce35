import { incidentTemplateEndpoints } from '../../../../nodes/services/statuspage/endpoints/incidentTemplate';
import { run } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage } from './contract';

describeContracts(incidentTemplateEndpoints, {
	listIncidentTemplates: {
		act: async (world, simulator) => {
			await simulator.send('POST', onPage('incident_templates')(world), {
				body: { template: { name: 'Outage', title: 'Outage', body: 'We look into it.' } },
			});
			return await run(world, 'incident create', { incidentTemplateId: 'Outage' });
		},
		method: 'GET',
		path: onPage('incident_templates'),
		query: FIRST_PAGE,
	},
});
