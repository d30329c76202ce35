import { connectToStatuspage } from '../../services/statuspage/connectToStatuspage';
import { propertiesOf } from '../../shared/operations/properties';
import type { NodeParts } from '../../shared/operations/runItems';
import { access } from './access';
import { component } from './component';
import { componentGroup } from './componentGroup';
import { incident } from './incident';
import { incidentPostmortem } from './incidentPostmortem';
import { incidentSubscriber } from './incidentSubscriber';
import { incidentTemplate } from './incidentTemplate';
import { metric } from './metric';
import { metricProvider } from './metricProvider';
import { page } from './page';
import { permission } from './permission';
import { prefetchViewers } from './prefetchViewers';
import { StatuspageInput } from './statuspageInput';
import type { StatuspageOperation, StatuspageResource } from './statuspageOperation';
import { subscriber } from './subscriber';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly StatuspageResource[] = [
	access,
	component,
	componentGroup,
	incident,
	incidentPostmortem,
	incidentSubscriber,
	incidentTemplate,
	metric,
	metricProvider,
	page,
	permission,
	subscriber,
	teamMember,
	viewer,
	viewerGroup,
];

export const properties = propertiesOf('Statuspage', resources, 'viewer');

/** What `execute` runs. */
export const statuspageParts: NodeParts<StatuspageOperation, StatuspageInput> = {
	resources,
	connect: async (context, { fields }, options) => {
		const { api, organizationId } = await connectToStatuspage(context, options);
		return (item, order) => new StatuspageInput(context, item, api, fields, organizationId, order);
	},
	prefetch: prefetchViewers,
};
