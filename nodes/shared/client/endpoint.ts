import type { Answer, Removal } from './answer';

/** One API operation. */
export interface Endpoint {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	/** The key that contains the fields of the body. */
	envelope?: string;
	isForm?: true;
	/** The check of a success. */
	answer: Answer<unknown>;
	/** The object of the path, for messages. The last ID of the path follows it. Other IDs are inserted by name, e.g. {viewerId}. */
	noun: string;
	/** False if doing it twice is not the same as doing it once. It is then not sent again if it may have arrived. */
	isRepeatable?: false;
	/** What to do about a rejection of this operation, by HTTP status. */
	advice?: Readonly<Partial<Record<number, string>>>;
	/** For a DELETE: the read that shows whether the object still exists. In a list, it is found by this ID of the path. */
	settledBy?: { get: string } | { list: string; id: string };
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The IDs that a path needs. */
export type IdsOf<Path extends string> = Record<NamesIn<Path>, string>;

/** A table of endpoints, and types that are inferred from it. */
export type Table = Record<string, Endpoint>;
export type AnswerOf<E extends Endpoint> = ReturnType<E['answer']>;
/** The endpoints that return a list. */
export type ListNameIn<T extends Table> = {
	[Name in keyof T]: AnswerOf<T[Name]> extends ReadonlyArray<{ id: string }> ? Name : never;
}[keyof T];
export type ListItemIn<T extends Table, Name extends ListNameIn<T>> =
	AnswerOf<T[Name]> extends Array<infer Row extends { id: string }> ? Row : never;
/** The endpoints that delete something. */
export type RemovalNameIn<T extends Table> = {
	[Name in keyof T]: Removal<never> extends AnswerOf<T[Name]> ? Name : never;
}[keyof T];
/** The object that the answer to a DELETE can contain; unknown for an unknown endpoint. */
export type RemovedRowOf<E extends Endpoint> =
	unknown extends AnswerOf<E> ? unknown : AnswerOf<E> extends Removal<infer Row> ? Row : never;
