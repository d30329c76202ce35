import type { ScimApi } from '../../services/scim/client';
import type { EndpointName } from '../../services/scim/endpoints';
import type { Input as AnyInput } from '../../shared/operations/input';
import type { Operation as AnyOperation, Resource as AnyResource } from '../../shared/operations/operation';

/** The parameters of one item, and the directory. */
export type Input = AnyInput<ScimApi>;

export type Operation = AnyOperation<Input, EndpointName>;
export type Resource = AnyResource<Input, EndpointName>;
