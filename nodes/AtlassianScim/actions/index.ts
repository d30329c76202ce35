import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectToDirectory } from '../../services/scim/connectToDirectory';
import { Input } from '../../shared/operations/input';
import { propertiesOf } from '../../shared/operations/properties';
import { runItems } from '../../shared/operations/runItems';
import { directory } from './directory';
import { group } from './group';
import type { ScimResource } from './scimOperation';
import { user } from './user';
import { prefetchUsers } from './prefetchUsers';

export { CREDENTIAL_TYPE } from '../../services/scim/connectToDirectory';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly ScimResource[] = [directory, group, user];

export const properties = propertiesOf(resources, 'user');

/** Runs the chosen operation for every item. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		resources,
		connect: async ({ fields }, timeLimits) => {
			const api = await connectToDirectory(context, timeLimits);
			return (item, order) => new Input(context, item, api, fields, order);
		},
		prefetch: prefetchUsers,
	});
}
