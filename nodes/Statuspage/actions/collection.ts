import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { removeEach, requireAll, writeInHalves, type ChangeResult } from '../../shared/api/changes';
import type { StatuspageApi } from '../api/client';
import type { Row } from '../api/rows';
import { listFields } from '../../shared/actions/fields/lists';
import { pageId } from './fields/page';
import { simplified, simplifyField } from '../../shared/actions/fields/simplify';
import type { Input } from './input';
import { endedAfter, endedWith, type SharedWork } from '../../shared/actions/together';

/** What belongs to a viewer or viewer group: its components, or its metrics. `Owner` holds the IDs of its path. */
export interface Collection<Owner extends Record<string, string>> {
	/** The parameter with the IDs to add, to set or to take away. */
	idsName: 'componentIds' | 'metricIds';
	/** Fields of a row that Simplify keeps. */
	mainFields: readonly string[];
	ownerOf: (input: Input, pageId: string) => Promise<Owner>;
	/** For messages: "viewer abc". */
	nameOf: (owner: Owner) => string;
	list: (api: StatuspageApi, owner: Owner, limit?: number) => Promise<Row[]>;
	add: (api: StatuspageApi, owner: Owner, ids: string[]) => Promise<Row>;
	replace: (api: StatuspageApi, owner: Owner, ids: string[]) => Promise<Row>;
	remove: (api: StatuspageApi, owner: Owner, id: string) => Promise<unknown>;
	ownerId: (owner: Owner) => string;
	/** The same as `add` from the other side: one ID for many owners. */
	addTo?: (api: StatuspageApi, pageId: string, id: string, ownerIds: string[]) => Promise<unknown>;
	/** The IDs in the answer to a write, where the service sends them. */
	idsIn: (owner: Row) => string[] | undefined;
}

export const collectionListFields: INodeProperties[] = [...listFields, simplifyField];

export async function listCollection<Owner extends Record<string, string>>(input: Input, collection: Collection<Owner>): Promise<IDataObject[]> {
	const owner = await collection.ownerOf(input, await pageId(input));
	const rows = await collection.list(input.api, owner, input.limit());
	return rows.map((row) => simplified(input, row, collection.mainFields));
}

/** IDs that the service left out of its answer although it accepted the write. */
function leftOut<Owner extends Record<string, string>>(collection: Collection<Owner>, answer: Row, ids: string[]) {
	const there = collection.idsIn(answer);
	return there ? ids.filter((id) => !there.includes(id)).map((id) => ({ id, reason: 'Statuspage answered as if all went well, but left it out' })) : [];
}

async function addToOne<Owner extends Record<string, string>>(api: StatuspageApi, collection: Collection<Owner>, owner: Owner, ids: string[]): Promise<ChangeResult> {
	return await writeInHalves(ids, async (part) => leftOut(collection, await collection.add(api, owner, part), part));
}

/** One request an ID instead of one an owner; the answers do not name the owners. */
async function addToEach<Owner>(
	addTo: (ownerIds: string[]) => Promise<unknown>,
	owners: Owner[],
	idOf: (owner: Owner) => string,
	id: string,
): Promise<Array<{ id: string; reason: string } | undefined>> {
	const { failed } = await writeInHalves([...new Set(owners.map(idOf))], async (part) => {
		await addTo(part);
		return [];
	});
	return owners.map((owner) => {
		const reason = failed.find((entry) => entry.id === idOf(owner))?.reason;
		return reason === undefined ? undefined : { id, reason };
	});
}

interface EqualLists {
	pageId: string;
	ids: string[];
}

/** Adding. Items that add the same to several owners share the work where that takes fewer requests. */
export function adding<Owner extends Record<string, string>>(collection: Collection<Owner>): SharedWork<Input, EqualLists, Owner> {
	const { addTo, ownerId, nameOf } = collection;
	const resultFor = (owner: Owner, result: ChangeResult) =>
		endedWith(() => {
			requireAll(result, 'add', nameOf(owner));
			return { ...owner, added: result.done };
		});
	return {
		async ask(input) {
			const ids = input.requiredIds(collection.idsName);
			const page = await pageId(input);
			const owner = await collection.ownerOf(input, page);
			// Where one request cannot serve several owners, each is worked on alone.
			const alone = addTo ? [] : [ownerId(owner)];
			return { key: [page, ...alone, ...[...ids].sort()].join(' '), target: { pageId: page, ids }, wish: owner };
		},
		async work({ api }, { pageId: page, ids }, owners) {
			if (!addTo || owners.length <= ids.length) {
				return await Promise.all(owners.map(async (owner) => await endedAfter(async () => resultFor(owner, await addToOne(api, collection, owner, ids)))));
			}
			const failures = await Promise.all(
				ids.map(async (id) => await addToEach(async (ownerIds) => await addTo(api, page, id, ownerIds), owners, ownerId, id)),
			);
			return owners.map((owner, index) => {
				const failed = failures.flatMap((ofOwners) => ofOwners[index] ?? []);
				return resultFor(owner, { done: ids.filter((id) => !failed.some((entry) => entry.id === id)), unchanged: [], failed });
			});
		},
	};
}

/** Answers with the viewer or group as it is afterwards. A bad ID leaves everything as it was: half a replacement helps nobody. */
export async function replaceCollection<Owner extends Record<string, string>>(input: Input, collection: Collection<Owner>): Promise<IDataObject> {
	const ids = input.requiredIds(collection.idsName);
	const owner = await collection.ownerOf(input, await pageId(input));
	const answer = await collection.replace(input.api, owner, ids);
	const failed = leftOut(collection, answer, ids);
	const done = ids.filter((id) => !failed.some((entry) => entry.id === id));
	requireAll({ done, unchanged: [], failed }, 'add', collection.nameOf(owner));
	return answer;
}

export async function removeFromCollection<Owner extends Record<string, string>>(input: Input, collection: Collection<Owner>): Promise<IDataObject> {
	const ids = input.requiredIds(collection.idsName);
	const owner = await collection.ownerOf(input, await pageId(input));
	let rows: string[] | undefined;
	const result = await removeEach(
		ids,
		async (id) => await collection.remove(input.api, owner, id),
		async () => (rows ??= (await collection.list(input.api, owner)).map(({ id }) => id)),
	);
	requireAll(result, 'remove', collection.nameOf(owner));
	return { ...owner, removed: result.done, notThere: result.unchanged };
}
