import type { Options } from '../options.mts';
import type { Answer, Operation, Schema } from '../service.mts';
import { slice } from '../slice.mts';
import type { Json, Page, Row, State } from './state.mts';

export interface Context {
	options: Options;
	state: State;
	params: Record<string, string>;
	query: Record<string, string>;
	body: Json;
}

export interface Route extends Omit<Operation, 'work'> {
	handle: (context: Context) => Answer;
	/** Whether the route changes viewers or their access, which has no effect on pages that aren't audience-specific. */
	writesViewers?: boolean;
}

/** A documented error response. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export const notFound = () => new ApiError(404, 'The requested resource could not be found.');

export const text: Schema = { type: 'string' };
export const optionalText: Schema = { type: ['string', 'null'] };
export const flag: Schema = { type: 'boolean' };
export const idList: Schema = { type: 'array', items: { type: 'string' } };

/** Schema of an object that accepts only these fields. */
export function fields(properties: Record<string, Schema>, required: string[] = []): Schema {
	return { type: 'object', properties, required, additionalProperties: false };
}

/** Schema of an optional body that accepts only these fields. */
export function optionalFields(properties: Record<string, Schema>): Schema {
	return { ...fields(properties), type: ['object', 'null'] };
}

const pageNumber: Schema = { type: 'string', pattern: '^[1-9]\\d*$' };
/** Paging with `page`, which starts at 1, and `per_page`. */
export const paging: Record<string, Schema> = { page: pageNumber, per_page: pageNumber };

export const PAGE_SIZE = 100;

/** Returns one page of a list. `page` starts at 0. */
export function pageOf<T>(rows: Iterable<T>, page: number, size: number): T[] {
	return slice(rows, page * size, size);
}

/** Returns the requested page. A page has at most 100 rows. */
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
 * Returns the IDs that exist. It isn't documented whether unknown IDs are rejected or ignored, so an option decides.
 *
 * @param status status code for unknown IDs; the message doesn't contain them
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

export type { Json, Page, Row, Schema };
