import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectToStatuspage } from '../../services/statuspage/connectToStatuspage';
import { PublicApi } from '../../services/statuspage/publicApi/publicApi';
import { publicConnection } from '../../services/statuspage/publicApi/publicConnection';
import { propertiesOf } from '../../shared/operations/properties';
import { runItems, type NodeParts } from '../../shared/operations/runItems';
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
import { publicPage } from './publicPage';
import { PublicPageInput } from './publicPage/publicPageInput';
import type { PublicPageOperation, PublicPageResource } from './publicPage/publicPageOperation';
import { StatuspageInput } from './statuspageInput';
import type { StatuspageOperation, StatuspageResource } from './statuspageOperation';
import { subscriber } from './subscriber';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: ReadonlyArray<StatuspageResource | PublicPageResource> = [
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
	publicPage,
	subscriber,
	teamMember,
	viewer,
	viewerGroup,
];

export const properties = propertiesOf('Statuspage', resources, 'viewer');

/** The operations with the key. */
const statuspageParts: NodeParts<StatuspageOperation, StatuspageInput> = {
	resources: resources.filter((resource): resource is StatuspageResource => resource !== publicPage),
	connect: async (context, { fields }, options) => {
		const { api, organizationId } = await connectToStatuspage(context, options);
		return (item, order) => new StatuspageInput(context, item, api, fields, organizationId, order);
	},
	prefetch: prefetchViewers,
};

/** The operations without a key. They read no credential. */
const publicPageParts: NodeParts<PublicPageOperation, PublicPageInput> = {
	resources: [publicPage],
	connect: async (context, { fields }, options) => {
		const api = new PublicApi(publicConnection(context, options));
		return (item, order) => new PublicPageInput(context, item, api, fields, order);
	},
};

/** Runs the chosen operation for every item. */
export function runStatuspage(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const isPublic = context.getNode().parameters.resource === publicPage.value;
	return isPublic ? runItems(context, publicPageParts) : runItems(context, statuspageParts);
}
