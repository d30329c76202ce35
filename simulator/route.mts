import type { Options } from './options.mts';
import type { Json, Page, Row, State } from './state.mts';

/** Part of a JSON schema. */
export type Schema = Record<string, unknown>;

export interface Context {
	options: Options;
	state: State;
	params: Record<string, string>;
	query: Record<string, string>;
	body: Json;
}

export interface Answer {
	status: number;
	body?: unknown;
}

/** One operation of the API, or two that do the same. */
export interface Route {
	methods: Array<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
	/** Behind /v1. */
	path: string;
	/** Names of query parameters and what they look like; no others are taken. */
	query?: Record<string, Schema>;
	/** JSON or a form, as Rails takes them. */
	body?: Schema;
	handle: (context: Context) => Answer;
	/** Writes viewers or what they may see: without effect on pages that are not audience-specific. */
	writesViewers?: boolean;
	/** A list that allows one request a window without both paging parameters. */
	isSlowUnpaginated?: boolean;
}

/** An answer that is an error, as the vendor documents them. */
export class ApiError extends Error {
	constructor(readonly status: number, message: string) {
		super(message);
	}
}

/** Something that the real service might overlook: 400, and noted in the log. */
export class Problem extends Error {
	readonly statusCode = 400;
}

export const notFound = () => new ApiError(404, 'The requested resource could not be found.');

export const text: Schema = { type: 'string' };
export const optionalText: Schema = { type: ['string', 'null'] };
export const flag: Schema = { type: 'boolean' };
export const idList: Schema = { type: 'array', items: { type: 'string' } };

/** Exactly these fields and no others. */
export function fields(properties: Record<string, Schema>, required: string[] = []): Schema {
	return { type: 'object', properties, required, additionalProperties: false };
}

/** The same, but a request without a body is taken as well. */
export function optionalFields(properties: Record<string, Schema>): Schema {
	return { ...fields(properties), type: ['object', 'null'] };
}

const pageNumber: Schema = { type: 'string', pattern: '^[1-9]\\d*$' };
/** Pages count from 1, with `per_page`. */
export const paging: Record<string, Schema> = { page: pageNumber, per_page: pageNumber };

export const PAGE_SIZE = 100;

/** One page of a list, without copying the whole. A larger size than 100 gives 100. */
export function pageOf<T>(rows: Iterable<T>, from: number, size: number): T[] {
	const result: T[] = [];
	const first = from * size;
	let index = 0;
	for (const row of rows) {
		if (index++ < first) continue;
		if (result.length === size) break;
		result.push(row);
	}
	return result;
}

export function paged<T>({ query }: Context, rows: Iterable<T>): T[] {
	const size = Math.min(PAGE_SIZE, Number(query.per_page ?? PAGE_SIZE));
	return pageOf(rows, Number(query.page ?? 1) - 1, size);
}

export function pageIn({ state, params }: Context): Page {
	const page = state.pages.get(params.page_id ?? '');
	if (!page) throw notFound();
	return page;
}

export function one<T>(rows: Map<string, T>, id: string | undefined): T {
	const row = rows.get(id ?? '');
	if (!row) throw notFound();
	return row;
}

/**
 * IDs that exist. Whether the service refuses a list with an unknown ID or leaves that ID out is not documented.
 *
 * @param status of the refusal, which does not name the ID
 */
export function knownIds({ options }: Context, rows: Map<string, unknown>, ids: string[], status: 404 | 422): string[] {
	const wanted = [...new Set(ids)];
	const known = wanted.filter((id) => rows.has(id));
	if (known.length < wanted.length && options.unknownIds === 'refuse') {
		throw status === 404 ? notFound() : new ApiError(422, 'Unprocessable entity');
	}
	return known;
}

export function ok(body: unknown): Answer {
	return { status: 200, body };
}

export type { Json, Page, Row };
