import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Field } from '../fields/field';
import type { Ended } from '../http/concurrently';
import type { Input } from './input';

/** What comes out of an operation that takes all items together. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The items that it comes from; those of all when it comes from no single one. */
	items: number[];
}

/** One operation of a resource: what the screen shows, and what it does. `I` is the node's own kind of input. */
export interface Operation<I extends Input = Input, Name extends string = string> {
	/** The value in workflows, e.g. addViewers. */
	value: string;
	/** Title Case, without the resource where it is the object: Create, Add Viewers. */
	name: string;
	/** Sentence case, with the resource, without articles: "Add viewers to viewer group". */
	action: string;
	/** What it does, in at most 120 characters, for the dropdown. */
	description: string;
	/**
	 * What else somebody must know before running it, in whole sentences: whether it can be undone, what is lost, who is notified.
	 * AI agents and the documentation get it after the description.
	 */
	effects?: string;
	/** Stands above the fields of an operation that cannot be undone: one short sentence. */
	warning?: string;
	/** It changes nothing. A test compares this with what was really sent. */
	isReadOnly: boolean;
	/** API operations that it may use besides those of its fields; a test compares them with what was really sent. */
	uses: readonly Name[];
	fields: Field[];
	/** Does the work of one item. Throws Failure or Cancelled. Every operation has this or `executeAsOne`. */
	execute?: (input: I) => Promise<IDataObject | IDataObject[]>;
	/**
	 * Does the work of all items, where items that address the same object share it. Answers for each item; items that were not begun
	 * have no entry. `continueOnFail` is false when the first error ends the run.
	 */
	executeAll?: (
		inputs: I[],
		continueOnFail: boolean,
		concurrency: number,
	) => Promise<Array<Ended<IDataObject> | undefined>>;
	/** Takes all items as one: a list of people, a plan. Throws Failure or Cancelled. */
	executeAsOne?: (inputs: I[], concurrency: number) => Promise<Output[]>;
}

export interface Resource<I extends Input = Input, Name extends string = string> {
	value: string;
	/** Singular, Title Case. */
	name: string;
	description: string;
	/** Sorted by name. */
	operations: ReadonlyArray<Operation<I, Name>>;
}
