import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Field } from '../../shared/fields/field';
import type { Values } from '../../shared/operations/values';

/** What the trigger watches. */
export interface PollingMode {
	/** Also the key of its state in n8n's static data of the node. */
	value: string;
	/** Title Case. */
	name: string;
	description: string;
	fields: readonly Field[];
	/**
	 * Returns one item per event, or undefined if there is none.
	 *
	 * @param values of the fields
	 * @throws Failure
	 */
	poll: (context: IPollFunctions, values: Values) => Promise<INodeExecutionData[] | undefined>;
}
