import type { Answer, Removal } from './answer';

/** One API operation, as the table of its service has it. */
export interface Endpoint {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	/** The key under which the service wants the fields of the body. */
	envelope?: string;
	isForm?: true;
	/** What a success must contain. */
	answer: Answer<unknown>;
	/** What the path addresses, for messages. The last ID of the path follows it; others are put in by name, e.g. {viewerId}. */
	noun: string;
	/** False where doing it twice is not the same as doing it once: then it is not sent again once it may have arrived. */
	isRepeatable?: false;
	/** What to do about a 404 or 409 of this operation. */
	advice?: { 404?: string; 409?: string };
	/** Of a DELETE: what shows whether the object is gone. A list shows it by this ID of the path. */
	settledBy?: { get: string } | { list: string; id: string };
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The IDs that a path needs. */
export type IdsOf<Path extends string> = Record<NamesIn<Path>, string>;

/** A table of endpoints, and what follows from it. */
export type Table = Record<string, Endpoint>;
export type AnswerOf<E extends Endpoint> = ReturnType<E['answer']>;
/** The endpoints that answer with a list. */
export type ListNameIn<T extends Table> = {
	[Name in keyof T]: AnswerOf<T[Name]> extends ReadonlyArray<{ id: string }> ? Name : never;
}[keyof T];
export type ListItemIn<T extends Table, Name extends ListNameIn<T>> =
	AnswerOf<T[Name]> extends Array<infer Row extends { id: string }> ? Row : never;
/** The endpoints that delete something. */
export type RemovalNameIn<T extends Table> = {
	[Name in keyof T]: Removal extends AnswerOf<T[Name]> ? Name : never;
}[keyof T];
