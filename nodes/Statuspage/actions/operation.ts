import type { EndpointName } from '../../services/statuspage/endpoints';
import type { Operation as AnyOperation, Resource as AnyResource } from '../../shared/operations/operation';
import type { Input } from './input';

export interface Operation extends AnyOperation<Input, EndpointName> {
	/** The email that an item's viewer is looked up by; none when it names an ID. Many are looked up at once. */
	viewerEmail?: (input: Input) => string | undefined;
}

export interface Resource extends AnyResource<Input, EndpointName> {
	operations: readonly Operation[];
}
