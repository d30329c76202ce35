import type { EndpointName } from '../../services/scim/endpoints';
import type { ScimApi } from '../../services/scim/scimApi';
import type { Input } from '../../shared/operations/input';
import type { Operation, Resource } from '../../shared/operations/operation';

/** The parameters of one item, with the API of the directory. */
export type ScimInput = Input<ScimApi>;

export type ScimOperation = Operation<ScimInput, EndpointName>;
export type ScimResource = Resource<ScimOperation>;
