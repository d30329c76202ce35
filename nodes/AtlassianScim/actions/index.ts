import { connectToDirectory } from '../../services/scim/connectToDirectory';
import { Input } from '../../shared/operations/input';
import { propertiesOf } from '../../shared/operations/properties';
import type { NodeParts } from '../../shared/operations/runItems';
import { directory } from './directory';
import { group } from './group';
import { prefetchUsers } from './prefetchUsers';
import type { ScimInput, ScimOperation, ScimResource } from './scimOperation';
import { user } from './user';

export { CREDENTIAL_TYPE } from '../../services/scim/connectToDirectory';

/** All resources, sorted by name. Dropdowns, routing and the documentation are derived from this list. */
export const resources: readonly ScimResource[] = [directory, group, user];

export const properties = propertiesOf('Atlassian SCIM', resources, 'user');

/** Configuration for `runItems`. */
export const scimParts: NodeParts<ScimOperation, ScimInput> = {
	resources,
	connect: async (context, { fields }, options) => {
		const api = await connectToDirectory(context, options);
		return (item, order) => new Input(context, item, api, fields, order);
	},
	prefetch: prefetchUsers,
};
