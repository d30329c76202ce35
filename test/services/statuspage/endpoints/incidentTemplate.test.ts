import { incidentTemplateEndpoints } from '../../../../nodes/services/statuspage/endpoints/incidentTemplate';
import { run } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage, two } from './contract';

describeContracts(incidentTemplateEndpoints, {
	listIncidentTemplates: {
		act: async (world) => await run(world, 'incidentTemplate getMany', { returnAll: true }),
		method: 'GET',
		path: onPage('incident_templates'),
		query: FIRST_PAGE,
	},
	createIncidentTemplate: {
		act: async (world) =>
			await run(world, 'incidentTemplate create', {
				name: 'Payments',
				title: 'Payments are delayed',
				body: 'We are investigating.',
				additionalFields: {
					componentIds: two(world.components),
					shouldSendNotifications: false,
					shouldTweet: true,
					templateGroupId: '8tn5vbjvlqpv',
					updateStatus: 'monitoring',
				},
			}),
		method: 'POST',
		path: onPage('incident_templates'),
		body: ({ components }) => ({
			template: {
				name: 'Payments',
				title: 'Payments are delayed',
				body: 'We are investigating.',
				group_id: '8tn5vbjvlqpv',
				update_status: 'monitoring',
				should_tweet: true,
				should_send_notifications: false,
				component_ids: two(components),
			},
		}),
	},
});
