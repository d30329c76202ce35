import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Input } from '../../shared/actions/input';
import { propertiesOf } from '../../shared/actions/properties';
import { runItems } from '../../shared/actions/router';
import { connectToDirectory } from '../api/connect';
import { endpoints } from '../api/endpoints';
import { directory } from './directory';
import { group } from './group';
import type { Resource } from './operation';
import { user } from './user';
import { lookUpUsers } from './usersTogether';

export { CREDENTIAL_TYPE } from '../api/connect';

/** Every resource with its operations: dropdowns, routing and the documentation derive from this list. Sorted by name. */
export const resources: readonly Resource[] = [directory, group, user];

export const properties = propertiesOf(resources, endpoints, 'user');

/** Runs the chosen operation for every item. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		resources,
		endpoints,
		connect: async (patience) => {
			const api = await connectToDirectory(context, patience);
			return (item, order) => new Input(context, item, api, order);
		},
		lookAhead: lookUpUsers,
	});
}
