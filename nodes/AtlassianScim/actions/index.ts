import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectToDirectory } from '../../services/scim/connect';
import { Input } from '../../shared/operations/input';
import { propertiesOf } from '../../shared/operations/properties';
import { runItems } from '../../shared/operations/router';
import { directory } from './directory';
import { group } from './group';
import type { Resource } from './operation';
import { user } from './user';
import { lookUpUsers } from './usersTogether';

export { CREDENTIAL_TYPE } from '../../services/scim/connect';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly Resource[] = [directory, group, user];

export const properties = propertiesOf(resources, 'user');

/** Runs the chosen operation for every item. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		resources,
		connect: async ({ fields }, patience) => {
			const api = await connectToDirectory(context, patience);
			return (item, order) => new Input(context, item, api, fields, order);
		},
		lookAhead: lookUpUsers,
	});
}
