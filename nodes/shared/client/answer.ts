import type { IDataObject } from 'n8n-workflow';
import { NotUnderstood } from '../http/outcome';

/** Returns a part of an answer with its type, or throws NotUnderstood. `what` is its name for messages: "the email of viewer abc". */
export type Check<T> = (value: unknown, what: string) => T;

/** Checks the body of a success. `ids` are those of the path. */
export type Answer<T> = (body: unknown, ids: Record<string, string>, query?: object) => T;

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(what: string, value: unknown): NotUnderstood {
	return new NotUnderstood(
		value === undefined || value === null ? `${what} is missing` : `${what} has an unknown shape`,
	);
}

export const text: Check<string> = (value, what) => {
	if (typeof value !== 'string') throw wrong(what, value);
	return value;
};

/** A text that must not be empty, e.g. an ID. */
export const filledText: Check<string> = (value, what) => {
	if (text(value, what).trim() === '') throw new NotUnderstood(`${what} is empty`);
	return value as string;
};

export const flag: Check<boolean> = (value, what) => {
	if (typeof value !== 'boolean') throw wrong(what, value);
	return value;
};

/** A list of IDs. A missing one is not the same as an empty one. */
export const idList: Check<string[]> = (value, what) => {
	if (!Array.isArray(value)) throw wrong(what, value);
	const name = `an ID in ${what}`;
	for (const id of value) filledText(id, name);
	return value as string[];
};

/** Must be present, and can be null. */
export function nullable<T>(check: Check<T>): Check<T | null> {
	return (value, what) => (value === null ? null : check(value, what));
}

/** Can be left out. */
export function optional<T>(check: Check<T>): Check<T | null | undefined> {
	return (value, what) => (value === undefined || value === null ? (value as null | undefined) : check(value, what));
}

type Checks = Record<string, Check<unknown>>;
type NamesLeftOut<C extends Checks> = {
	[Name in keyof C]: undefined extends ReturnType<C[Name]> ? Name : never;
}[keyof C];
type Checked<C extends Checks> = { [Name in Exclude<keyof C, NamesLeftOut<C>>]: ReturnType<C[Name]> } & {
	[Name in NamesLeftOut<C>]?: ReturnType<C[Name]>;
};

/** An object with these fields. Other fields are kept. */
export function object<C extends Checks>(checks: C): Check<IDataObject & Checked<C>> {
	const entries = Object.entries(checks);
	return (value, what) => {
		if (!isObject(value)) throw wrong(what, value);
		let row = value;
		for (const [name, check] of entries) {
			const checked = check(value[name], `the ${name} of ${what}`);
			// Lists can have a hundred thousand objects, so an object is only copied if a check converts something.
			if (checked !== value[name]) row = { ...row, [name]: checked as IDataObject };
		}
		return row as IDataObject & Checked<C>;
	};
}

/** The answer is one object. If the path contains its ID, the IDs must be equal. */
export function one<T extends { id: string }>(check: Check<T>, noun: string, idName?: string): Answer<T> {
	return (body, ids) => {
		const row = check(body, `the ${noun}`);
		if (idName !== undefined && row.id !== ids[idName])
			throw new NotUnderstood(`it is about ${noun} ${row.id} instead of ${ids[idName]}`);
		return row;
	};
}

/** A list of objects. A missing one is not the same as an empty one. `noun` is the kind of one of them. */
export function listOf<T>(check: Check<T>, noun: string): Check<T[]> {
	return (value, what) => {
		if (!Array.isArray(value)) throw wrong(what, value);
		return value.map((row, index) =>
			check(row, `${noun} ${isObject(row) && typeof row.id === 'string' ? row.id : index + 1}`),
		);
	};
}

/** The answer is a list of objects. */
export function many<T>(check: Check<T>, noun: string): Answer<T[]> {
	return (body) => listOf(check, noun)(body, `the list of ${noun}s`);
}

export function isEmptyBody(body: unknown): boolean {
	return body === undefined || body === '';
}

/** The result of a DELETE. */
export interface Removal<T = unknown> {
	/** False if the answer is not understood. It is then settled by one read. */
	isClear: boolean;
	/** The object in the answer, if there was one. */
	row?: T;
}

/** The answer to a DELETE is empty, or the object that the service documents. */
export function removal<T = never>(named?: Answer<T>): Answer<Removal<T>> {
	return (body, ids) => {
		if (isEmptyBody(body)) return { isClear: true };
		if (!named) return { isClear: false };
		try {
			return { isClear: true, row: named(body, ids) };
		} catch {
			return { isClear: false };
		}
	};
}
