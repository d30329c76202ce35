import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectToStatuspage } from '../../services/statuspage/connectToStatuspage';
import { propertiesOf } from '../../shared/operations/properties';
import { runItems } from '../../shared/operations/runItems';
import { access } from './access';
import { component } from './component';
import { StatuspageInput } from './statuspageInput';
import type { StatuspageResource } from './statuspageOperation';
import { page } from './page';
import { permission } from './permission';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';
import { prefetchViewers } from './prefetchViewers';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly StatuspageResource[] = [
	access,
	component,
	page,
	permission,
	teamMember,
	viewer,
	viewerGroup,
];

export const properties = propertiesOf(resources, 'viewer');

/** Runs the chosen operation for every item. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		resources,
		connect: async ({ fields }, timeLimits) => {
			const { api, organizationId } = await connectToStatuspage(context, timeLimits);
			return (item, order) => new StatuspageInput(context, item, api, fields, organizationId, order);
		},
		prefetch: prefetchViewers,
	});
}
