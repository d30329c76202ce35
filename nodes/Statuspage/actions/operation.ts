import type { IBinaryData, IDataObject, INodeProperties } from 'n8n-workflow';
import type { EndpointName } from '../api/endpoints';
import type { Input } from './input';
import type { Ended } from '../../shared/transport/sideBySide';

/** What comes out of an operation that takes all items together. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The items that it comes from; those of all when it comes from no single one. */
	items: number[];
}

/** One operation of a resource: what the screen shows, and what it does. */
export interface Operation {
	/** The value in workflows, e.g. addViewers. */
	value: string;
	/** Title Case, without the resource where it is the object: Create, Add Viewers. */
	name: string;
	/** Sentence case, with the resource. AI agents see little else, so that a destructive one says what it does. */
	action: string;
	/** The effect, whether it can be undone, and who is notified. */
	description: string;
	/** API operations that it may use, for the documentation. */
	uses: readonly EndpointName[];
	fields: INodeProperties[];
	/** Does the work of one item. Throws Failure or Cancelled. Every operation has this or `executeAsOne`. */
	execute?: (input: Input) => Promise<IDataObject | IDataObject[]>;
	/** The e-mail that an item's viewer is looked up by; none when it names an ID. Many are looked up at once. Throws for bad input. */
	viewerEmail?: (input: Input) => string | undefined;
	/**
	 * Does the work of all items, where items that address the same object share it. Answers for each item; items that were not begun
	 * have no entry. `goesOn` is false when the first error ends the run.
	 */
	executeAll?: (inputs: Input[], goesOn: boolean, concurrency: number) => Promise<Array<Ended<IDataObject> | undefined>>;
	/** Takes all items as one: a list of people, a plan. Throws Failure or Cancelled. */
	executeAsOne?: (inputs: Input[], concurrency: number) => Promise<Output[]>;
}

export interface Resource {
	value: string;
	/** Singular, Title Case. */
	name: string;
	description: string;
	/** Sorted by name. */
	operations: readonly Operation[];
}
