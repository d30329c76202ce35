import type { AnswerShape } from '../transport/outcome';

/** One API operation, as the table of its service has it. */
export interface Endpoint {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	/** The key under which the service wants the fields of the body. */
	envelope?: string;
	isForm?: true;
	answer: AnswerShape;
	/** What the path addresses, for messages. */
	noun: string;
	/** A creating POST: it must not be sent again once it may have arrived. */
	creates?: true;
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The IDs that a path needs. */
export type IdsOf<Path extends string> = Record<NamesIn<Path>, string>;
