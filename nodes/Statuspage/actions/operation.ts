import type { Operation as AnyOperation, Resource as AnyResource } from '../../shared/actions/operation';
import type { EndpointName } from '../api/endpoints';
import type { Input } from './input';

export interface Operation extends AnyOperation<Input, EndpointName> {
	/** The e-mail that an item's viewer is looked up by; none when it names an ID. Many are looked up at once. Throws for bad input. */
	viewerEmail?: (input: Input) => string | undefined;
}

export interface Resource extends AnyResource<Input, EndpointName> {
	operations: readonly Operation[];
}
