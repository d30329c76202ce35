import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectToStatuspage } from '../../services/statuspage/connect';
import { propertiesOf } from '../../shared/operations/properties';
import { runItems } from '../../shared/operations/router';
import { access } from './access';
import { component } from './component';
import { Input } from './input';
import type { Resource } from './operation';
import { page } from './page';
import { permission } from './permission';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';
import { lookUpViewers } from './viewersTogether';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly Resource[] = [access, component, page, permission, teamMember, viewer, viewerGroup];

export const properties = propertiesOf(resources, 'viewer');

/** Runs the chosen operation for every item. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		resources,
		connect: async ({ fields }, patience) => {
			const { api, organizationId } = await connectToStatuspage(context, patience);
			return (item, order) => new Input(context, item, api, fields, organizationId, order);
		},
		lookAhead: lookUpViewers,
	});
}
