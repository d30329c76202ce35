import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Field } from '../fields/field';
import type { Input } from './input';

/** One output item. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The input items that it comes from; all of them when it comes from no single one. */
	items: number[];
}

/** Each item is worked on by itself, concurrently with others. */
export interface PerItem<I> {
	runs: 'perItem';
	/** Throws Failure or Cancelled. */
	execute: (input: I) => Promise<IDataObject | IDataObject[]>;
}

/** What one item asks for, and the object that it asks it of. */
export interface ParsedItem<Target, Request> {
	/** The same for items with the same target. */
	key: string;
	target: Target;
	request: Request;
}

/** Items with the same target are worked on together, e.g. with one read and one write. `batched` makes it. */
export interface Batched<I> {
	runs: 'batched';
	/** Checks an item before anything is written. Throws Failure or Cancelled. */
	parse(input: I): Promise<ParsedItem<unknown, unknown>>;
	/** Answers for each request, in their order. Throws Failure or Cancelled for all of them. */
	execute(input: I, target: unknown, requests: unknown[]): Promise<Array<PromiseSettledResult<IDataObject>>>;
}

/** All items are one input, e.g. a list of people or a plan. */
export interface AllItems<I> {
	runs: 'allItems';
	/** Throws Failure or Cancelled. */
	execute: (inputs: I[], concurrency: number) => Promise<Output[]>;
}

/** What the screen shows of an operation. `Name` are the endpoints of its service. */
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
	 * What else somebody must know before running it, in whole sentences: whether it can be undone, what is lost, who is notified.
	 * AI agents and the documentation get it after the description.
	 */
	effects?: string;
	/** Stands above the fields of an operation that cannot be undone: one short sentence. */
	warning?: string;
	/** It changes nothing. A test compares this with what was really sent. */
	isReadOnly: boolean;
	/** Endpoints that it may use besides those of its fields; a test compares them with what was really sent. */
	uses: readonly Name[];
	fields: Field[];
}

/** One operation of a resource: what the screen shows, and what it does. `I` is the node's own kind of input. */
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
