import type { IDataObject } from 'n8n-workflow';
import type { ListItem, StatuspageApi } from '../../services/statuspage/statuspageApi';
import type { ListName, Viewer, ViewerGroup } from '../../services/statuspage/endpoints';
import type { ObjectKind } from '../../services/statuspage/objects/objectKind';
import { addEach, removeEach, throwIfAnyFailed, writeInHalves, type ChangeResult } from '../../shared/client/changes';
import type { Field } from '../../shared/fields/field';
import { listFields } from '../../shared/fields/lists';
import { simplified, simplifyField } from '../../shared/fields/simplify';
import { settleAsync, settle, type BatchedOperation } from '../../shared/operations/batched';
import type { StatuspageInput } from './statuspageInput';

type Owner = Viewer | ViewerGroup;

/** What belongs to a viewer or viewer group: its components, or its metrics. `Ids` are those of its path. */
export interface SubCollection<Ids extends Record<string, string>, Name extends ListName = ListName> {
	/** What the collection holds. */
	kind: ObjectKind<Name>;
	/** The parameter with the names or IDs to add, to set or to remove. */
	idsName: 'componentIds' | 'metricIds';
	/** Fields of a row that Simplify keeps. */
	mainFields: readonly string[];
	ownerOf: (input: StatuspageInput, pageId: string) => Promise<Ids>;
	/** For messages: "viewer abc". */
	nameOf: (owner: Ids) => string;
	list: (api: StatuspageApi, owner: Ids, limit?: number) => Promise<Array<ListItem<ListName>>>;
	add: (api: StatuspageApi, owner: Ids, ids: string[]) => Promise<Owner>;
	replace: (api: StatuspageApi, owner: Ids, ids: string[]) => Promise<Owner>;
	remove: (api: StatuspageApi, owner: Ids, id: string) => Promise<void>;
	ownerId: (owner: Ids) => string;
	/** The same as `add` from the other side: one ID for many owners. */
	addTo?: (api: StatuspageApi, pageId: string, id: string, ownerIds: string[]) => Promise<unknown>;
	/** The IDs in the answer to a write, where the service sends them. */
	idsIn: (owner: Owner) => string[] | undefined;
}

export const collectionListFields: Field[] = [...listFields, simplifyField];

export async function listCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject[]> {
	const owner = await collection.ownerOf(input, await input.pageId());
	const rows = await collection.list(input.api, owner, input.limit);
	return rows.map((row) => simplified(input.values, row, collection.mainFields));
}

/** IDs that the service left out of its answer although it accepted the write. */
function leftOut<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
	answer: Owner,
	ids: string[],
) {
	const there = collection.idsIn(answer);
	return there
		? ids
				.filter((id) => !there.includes(id))
				.map((id) => ({ id, reason: 'Statuspage accepted the request, but left it out' }))
		: [];
}

interface EqualLists {
	pageId: string;
	ids: string[];
}

/** Adding. Items that add the same to several owners share the work where that takes fewer requests. */
export function addToCollection<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
): BatchedOperation<StatuspageInput, EqualLists, Ids> {
	const { addTo, ownerId, nameOf, kind, idsName } = collection;
	const addToOne = async (api: StatuspageApi, owner: Ids, ids: string[]) =>
		await writeInHalves(ids, async (part) => leftOut(collection, await collection.add(api, owner, part), part));
	const resultFor = (owner: Ids, result: ChangeResult) =>
		settle(() => {
			throwIfAnyFailed(result, 'add', nameOf(owner));
			return { ...owner, added: result.done };
		});
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const ids = await input.idsOf(kind, { pageId }, idsName);
			const owner = await collection.ownerOf(input, pageId);
			// Where one request cannot serve several owners, each is worked on alone.
			const alone = addTo ? [] : [ownerId(owner)];
			return { key: [pageId, ...alone, ...[...ids].sort()].join(' '), target: { pageId, ids }, request: owner };
		},
		async run({ api }, { pageId, ids }, owners) {
			if (!addTo || owners.length <= ids.length) {
				return await Promise.all(
					owners.map(async (owner) => await settleAsync(async () => resultFor(owner, await addToOne(api, owner, ids)))),
				);
			}
			// One request per ID instead of one per owner; the answers do not name the owners.
			const failures = await addEach(
				ids,
				owners.map(ownerId),
				async (id, ownerIds) => await addTo(api, pageId, id, ownerIds),
			);
			return owners.map((owner, index) => {
				const failed = failures.flatMap((ofOwners) => ofOwners[index] ?? []);
				return resultFor(owner, {
					done: ids.filter((id) => !failed.some((entry) => entry.id === id)),
					unchanged: [],
					failed,
				});
			});
		},
	};
}

/** Answers with the viewer or group as it is afterwards. */
export async function replaceCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject> {
	const pageId = await input.pageId();
	const ids = await input.idsOf(collection.kind, { pageId }, collection.idsName);
	const owner = await collection.ownerOf(input, pageId);
	const answer = await collection.replace(input.api, owner, ids);
	const failed = leftOut(collection, answer, ids);
	const done = ids.filter((id) => !failed.some((entry) => entry.id === id));
	throwIfAnyFailed({ done, unchanged: [], failed }, 'add', collection.nameOf(owner), 'All others were replaced');
	return answer;
}

export async function removeFromCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject> {
	const pageId = await input.pageId();
	const ids = await input.idsOf(collection.kind, { pageId }, collection.idsName, { passesUnknownIds: true });
	const owner = await collection.ownerOf(input, pageId);
	let rows: string[] | undefined;
	const result = await removeEach(
		ids,
		async (id) => await collection.remove(input.api, owner, id),
		async () => (rows ??= (await collection.list(input.api, owner)).map(({ id }) => id)),
	);
	throwIfAnyFailed(result, 'remove', collection.nameOf(owner));
	return { ...owner, removed: result.done, notThere: result.unchanged };
}
