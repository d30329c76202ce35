import type { EndpointName } from '../../services/statuspage/endpoints';
import type { Operation, Resource } from '../../shared/operations/operation';
import type { StatuspageInput } from './statuspageInput';

export type StatuspageOperation = Operation<StatuspageInput, EndpointName> & {
	/** The email that an item's viewer is looked up by; none when it names an ID. Many are looked up at once. */
	viewerEmail?: (input: StatuspageInput) => string | undefined;
};

export type StatuspageResource = Resource<StatuspageOperation>;
