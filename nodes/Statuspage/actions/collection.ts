import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { removeEach, requireAll, writeInHalves } from '../api/changes';
import type { StatuspageApi } from '../api/client';
import type { Row } from '../api/rows';
import { listFields } from './fields/lists';
import { pageId } from './fields/page';
import { simplified, simplifyField } from './fields/simplify';
import type { Input } from './input';

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

/** Answers with the viewer or group as it is afterwards. */
export async function addToCollection<Owner extends Record<string, string>>(input: Input, collection: Collection<Owner>): Promise<IDataObject> {
	const ids = input.requiredIds(collection.idsName);
	const owner = await collection.ownerOf(input, await pageId(input));
	let answer: Row | undefined;
	const result = await writeInHalves(ids, async (part) => {
		answer = await collection.add(input.api, owner, part);
		return leftOut(collection, answer, part);
	});
	requireAll(result, 'add', collection.nameOf(owner));
	return answer as unknown as IDataObject;
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
