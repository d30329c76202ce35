import { Failure } from '../../../shared/http/failures';
import { endless, MAX_STALE_PAGES, PAGE_SIZE } from '../paging';
import type { Source } from './accessKinds';
import type { AccessReader, ListSource } from './accessReader';
import type { Rows } from './accessRows';
import type { Seen } from './seen';

/** One request of a pass, or a question that needs none. It can be repeated. */
export interface Step {
	requests: 0 | 1;
	run: (reader: AccessReader) => Promise<unknown>;
}

/**
 * Reads a source once. It yields its requests, and continues with their answers. So a pass can pause between two requests for as long as
 * needed, and a failed request is sent again without starting over.
 */
export type Pass<T = Map<string, Seen>> = Generator<Step, T, unknown>;

/** Up to this number of missing objects are looked up one by one. For more, the whole list is read again. */
const MOST_LOOK_UPS = 20;

function* ask<T>(run: (reader: AccessReader) => Promise<T>, requests: Step['requests'] = 1): Pass<T> {
	return (yield { requests, run }) as T;
}

/**
 * Reads a list to its end, page by page. An object that is read twice, because the list moved meanwhile, counts once, as it was read last.
 *
 * @throws Failure if page after page contains only known objects
 */
function* readWhole(source: ListSource): Pass {
	const rows = new Map<string, Seen>();
	let size = PAGE_SIZE;
	let stalePages = 0;
	for (let page = 1; ; page++) {
		const number = page;
		const answer = yield* ask(async (reader) => await reader.page(source, number, size));
		const before = rows.size;
		for (const seen of answer) rows.set(seen.id, seen);
		if (answer.length > 0 && rows.size === before) stalePages++;
		else stalePages = 0;
		if (stalePages === MAX_STALE_PAGES) throw endless(page);
		if (answer.length >= size) continue;
		if (page > 1 || size < PAGE_SIZE || !(yield* isCut(source, rows))) return rows;
		// The service cuts pages at a smaller number, so all pages are read in this size.
		size = answer.length;
	}
}

/** True if the first page has a typical number of rows and there are more on a second page of that size. */
function* isCut(source: ListSource, first: ReadonlyMap<string, Seen>): Pass<boolean> {
	const { size } = first;
	if (!(yield* ask(async (reader) => reader.pages(source).mayBeCut(size), 0))) return false;
	const second = yield* ask(async (reader) => await reader.page(source, 2, size));
	if (second.some(({ id }) => !first.has(id))) return true;
	yield* ask(async (reader) => reader.pages(source).isNotCutAt(size), 0);
	return false;
}

function missingFrom(seen: ReadonlyMap<string, Seen>, known: Rows): string[] {
	return [...known.keys()].filter((id) => !seen.has(id));
}

/** Adds the objects that can still be read. */
function* lookUp(source: 'viewers' | 'viewerGroups', ids: string[], seen: Map<string, Seen>): Pass<number> {
	let found = 0;
	for (const id of ids) {
		const object = yield* ask(async (reader) => await reader.one(source, id));
		if (!object) continue;
		seen.set(id, object);
		found++;
	}
	return found;
}

/** Reads a list, and confirms that what is missing was removed: an object that moves to another page meanwhile can be missed. */
function* readList(source: ListSource, known: Rows): Pass {
	const seen = yield* readWhole(source);
	let missing = missingFrom(seen, known);
	if (missing.length === 0) return seen;
	if (source === 'teamMembers' || missing.length > MOST_LOOK_UPS) {
		for (const [id, object] of yield* readWhole(source)) seen.set(id, object);
		missing = missingFrom(seen, known);
	}
	if (source !== 'teamMembers') {
		const found = yield* lookUp(source, missing.slice(0, MOST_LOOK_UPS), seen);
		if (found > 0 && missing.length > MOST_LOOK_UPS) throw incomplete(source);
	}
	if (missingFrom(seen, known).length > 0) yield* ask(async (reader) => await reader.confirmPlace(source));
	return seen;
}

/** Reads the permissions of all team members, and of known ones that are missing from the list. */
function* readPermissions(known: Rows): Pass {
	const members = yield* readWhole('teamMembers');
	const seen = new Map<string, Seen>();
	let isAnyMissing = false;
	for (const id of new Set([...members.keys(), ...known.keys()])) {
		const email = members.get(id)?.row.text ?? null;
		const permissions = yield* ask(async (reader) => await reader.permissions(id, email));
		if (permissions) seen.set(id, permissions);
		else isAnyMissing = true;
	}
	if (isAnyMissing) yield* ask(async (reader) => await reader.confirmPlace('permissions'));
	return seen;
}

/**
 * One pass over a source. Objects in `known` that are not in the result were confirmed to be removed.
 *
 * @param known empty for the first pass
 */
export function accessPass(source: Source, known: Rows): Pass {
	return source === 'permissions' ? readPermissions(known) : readList(source, known);
}

const NAMES: Record<ListSource, string> = {
	viewers: 'viewers',
	viewerGroups: 'viewer groups',
	teamMembers: 'team members',
};

function incomplete(source: ListSource): Failure {
	return new Failure({
		kind: 'answer',
		message: `Many ${NAMES[source]} are missing from the list of ${NAMES[source]}, but still exist`,
		advice: 'The list may be incomplete for a while. No removal was reported. The next polls read the list again',
	});
}
