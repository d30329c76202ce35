import type { Input as AnyInput } from '../../shared/actions/input';
import type { Operation as AnyOperation, Resource as AnyResource } from '../../shared/actions/operation';
import type { ScimApi } from '../api/client';
import type { EndpointName } from '../api/endpoints';

/** The parameters of one item, and the directory. */
export type Input = AnyInput<ScimApi>;

export type Operation = AnyOperation<Input, EndpointName>;
export type Resource = AnyResource<Input, EndpointName>;
