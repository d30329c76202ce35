import type { IDataObject } from 'n8n-workflow';
import { PAGE_SIZE } from '../paging';
import { accessItem, placeOf, sourceOf } from './accessItems';
import type { AccessKind, ListEvent, Source } from './accessKinds';
import type { AccessPlace, AccessReader, ListSource } from './accessReader';
import { requestsForRows } from './passCost';
import { GROUP_FIELDS, VIEWER_FIELDS, type Seen } from './seen';

/** A list for a sample. */
interface SampledList {
	first: Seen[];
	/** The number of objects. */
	rows: number;
}

/** Counts a list whose first page is full, with about 2·log2(pages) requests: pages further and further out, then between. */
async function countRows(page: (number: number) => Promise<Seen[]>): Promise<number> {
	let [full, short, rows] = [1, Infinity, 0];
	while (short - full > 1) {
		const middle = short === Infinity ? full * 2 : Math.floor((full + short) / 2);
		const { length } = await page(middle);
		if (length === PAGE_SIZE) full = middle;
		else {
			short = middle;
			rows = length;
			if (length > 0) full = middle - 1;
		}
	}
	return full * PAGE_SIZE + rows;
}

/** Reads the first pages of lists, and counts the rest. */
class Samples {
	readonly #lists = new Map<ListSource, Promise<SampledList>>();

	constructor(private readonly reader: AccessReader) {}

	async list(source: ListSource): Promise<SampledList> {
		const known = this.#lists.get(source) ?? this.#read(source);
		this.#lists.set(source, known);
		return await known;
	}

	async #read(source: ListSource): Promise<SampledList> {
		const page = async (number: number) => await this.reader.page(source, number, PAGE_SIZE);
		const first = await page(1);
		return { first, rows: first.length < PAGE_SIZE ? first.length : await countRows(page) };
	}

	/** One object of a source; undefined if there is none. */
	async one(source: Source): Promise<Seen | undefined> {
		if (source !== 'permissions') return (await this.list(source)).first[0];
		const [member] = (await this.list('teamMembers')).first;
		return member && (await this.reader.permissions(member.id, member.row.text));
	}

	/** The requests of one pass. */
	async requests(source: Source): Promise<number> {
		if (source !== 'permissions') return requestsForRows((await this.list(source)).rows);
		const { rows } = await this.list('teamMembers');
		return requestsForRows(rows) + rows;
	}
}

/** The fields that a change can concern, for the sample of a changed object. */
function changeable(kind: ListEvent): string[] {
	if (kind === 'viewerChanged') return VIEWER_FIELDS;
	return kind === 'viewerGroupChanged' ? ['name', ...GROUP_FIELDS] : [];
}

function sampleOf(kind: ListEvent, seen: Seen | undefined, place: AccessPlace): IDataObject {
	const source = sourceOf(kind);
	if (!seen) return { event: kind, ...placeOf(source, place), note: 'There is nothing to show as a sample yet' };
	const isRemoved = kind.endsWith('Removed');
	return accessItem(
		{
			kind,
			id: seen.id,
			seen: isRemoved ? undefined : seen,
			known: kind === 'permissionChanged' ? { hashes: '', text: '' } : seen.row,
			changed: changeable(kind),
		},
		place,
		new Map(),
	);
}

/**
 * Items like those of real events, from objects that exist now.
 *
 * @returns the items, and the number of requests that one pass takes at the present size
 */
export async function accessSample(
	reader: AccessReader,
	place: AccessPlace,
	kinds: readonly AccessKind[],
): Promise<{ items: IDataObject[]; requests: number }> {
	const samples = new Samples(reader);
	const items: IDataObject[] = [];
	const sources = new Set<Source>();
	for (const kind of kinds) {
		if (kind === 'keyExpires') continue;
		const source = sourceOf(kind);
		sources.add(source);
		items.push(sampleOf(kind, await samples.one(source), place));
	}
	let requests = 0;
	for (const source of sources) requests += await samples.requests(source);
	return { items, requests };
}
