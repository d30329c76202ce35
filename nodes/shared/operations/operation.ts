import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Field } from '../fields/field';
import type { Input } from './input';

/** One output item. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The input items of this output; empty means all of them. */
	items: number[];
}

/** Items that take fewer requests together than each by itself. */
export interface Together {
	/** The numbers of the items. */
	items: number[];
	/** Returns one result per item, in their order. Throws Failure or Cancelled for all of them. */
	run: () => Promise<Array<PromiseSettledResult<IDataObject>>>;
}

/** Each item runs by itself, concurrently with others. */
export interface PerItem<I> {
	runs: 'perItem';
	/** Throws Failure or Cancelled. */
	execute: (input: I) => Promise<IDataObject | IDataObject[]>;
	/**
	 * Finds items that run together, and writes nothing. All other items run by themselves. Items that write the same object must all run
	 * together, or all by themselves, to keep their order.
	 */
	together?: (inputs: I[], run: { concurrency: number; continueOnFail: boolean }) => Promise<Together[]>;
}

/** The target of one item, and its request. */
export interface ParsedItem<Target, Request> {
	/** The same for items with the same target. */
	key: string;
	target: Target;
	request: Request;
}

/** Items with the same target run together, e.g. with one read and one write. Created by `batched`. */
export interface Batched<I> {
	runs: 'batched';
	/** Checks an item before anything is written. Throws Failure or Cancelled. */
	parse(input: I): Promise<ParsedItem<unknown, unknown>>;
	/** Returns one result per request, in their order. Throws Failure or Cancelled for all of them. */
	execute(input: I, target: unknown, requests: unknown[]): Promise<Array<PromiseSettledResult<IDataObject>>>;
}

/** All items are one input, e.g. a list of people or a plan. */
export interface AllItems<I> {
	runs: 'allItems';
	/** Throws Failure or Cancelled. */
	execute: (inputs: I[], concurrency: number) => Promise<Output[]>;
}

/** The texts and fields of an operation. `Name` are the endpoints of its service. */
export interface OperationTexts<Name extends string = string> {
	/** The value in workflows, e.g. addViewers. */
	value: string;
	/** Title Case, without the resource where it is the object: Create, Add Viewers. */
	name: string;
	/** Sentence case, with the resource, without articles: "Add viewers to viewer group". */
	action: string;
	/** What it does, in at most 120 characters, for the dropdown. */
	description: string;
	/**
	 * Consequences, in whole sentences: whether it can be undone, what is lost, who is notified. AI agents and the documentation get this
	 * text after the description.
	 */
	effects?: string;
	/** One short sentence above the fields of an operation that cannot be undone. */
	warning?: string;
	/** It changes nothing. A test compares this with the requests that were sent. */
	isReadOnly: boolean;
	/** Endpoints that it may use, besides those of its fields. A test compares them with the requests that were sent. */
	uses: readonly Name[];
	fields: Field[];
}

/** One operation of a resource: its texts, its fields, and its work. `I` is the node's type of input. */
export type Operation<I extends Input = Input, Name extends string = string> = OperationTexts<Name> &
	(PerItem<I> | Batched<I> | AllItems<I>);

export interface Resource<O extends OperationTexts = Operation> {
	value: string;
	/** Singular, Title Case. */
	name: string;
	description: string;
	/** Sorted by name. */
	operations: readonly O[];
}
