import type { IDataObject } from 'n8n-workflow';
import type { EndpointName, ListName, Viewer, ViewerGroup } from '../../services/statuspage/endpoints';
import type { ObjectKind } from '../../services/statuspage/objects/objectKind';
import type { ListItem, StatuspageApi } from '../../services/statuspage/statuspageApi';
import { removeEach, throwIfAnyFailed, type ChangeResult } from '../../shared/client/changes';
import { addEach, writeInHalves } from '../../shared/client/writeInHalves';
import { runOptions } from '../../shared/fields/options';
import { simplified } from '../../shared/fields/simplify';
import { settle, settleAsync, type BatchedOperation } from '../../shared/operations/batched';
import type { StatuspageInput } from './statuspageInput';

type Owner = Viewer | ViewerGroup;

/** The components or metrics that a viewer or viewer group has. `Ids` are those of the owner's path. */
export interface SubCollection<Ids extends Record<string, string>, Name extends ListName> {
	/** What it contains. */
	kind: ObjectKind<Name>;
	/** What it belongs to. */
	ownerKind: Pick<ObjectKind, 'noun' | 'locator'>;
	/** Fields that Simplify keeps. */
	mainFields: readonly string[];
	ownerOf: (input: StatuspageInput, pageId: string) => Promise<Ids>;
	ownerId: (owner: Ids) => string;
	list: (api: StatuspageApi, owner: Ids, limit?: number) => Promise<Array<ListItem<ListName>>>;
	add: (api: StatuspageApi, owner: Ids, ids: string[]) => Promise<Owner>;
	replace: (api: StatuspageApi, owner: Ids, ids: string[]) => Promise<Owner>;
	remove: (api: StatuspageApi, owner: Ids, id: string) => Promise<void>;
	/** The same as `add` from the other side: one ID for many owners. */
	addTo?: (api: StatuspageApi, pageId: string, id: string, ownerIds: string[]) => Promise<unknown>;
	/** The IDs in the answer to a write, where the service sends them. */
	idsIn?: (owner: Owner) => string[];
	/** The endpoints behind these functions. */
	uses: Record<'list' | 'add' | 'replace' | 'remove', EndpointName> & { addTo?: EndpointName };
}

/** The parameter with the names or IDs, e.g. componentIds. */
export function idsParameter({ row }: Pick<ObjectKind, 'row'>): 'componentIds' | 'metricIds' {
	return row.parameter === 'metricId' ? 'metricIds' : 'componentIds';
}

/** For messages: "the components of viewer abc". */
function nameOf<Ids extends Record<string, string>, Name extends ListName>(
	{ kind, ownerKind, ownerId }: SubCollection<Ids, Name>,
	owner: Ids,
): string {
	return `the ${kind.noun}s of ${ownerKind.noun} ${ownerId(owner)}`;
}

export async function getSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject[]> {
	const owner = await collection.ownerOf(input, await input.pageId());
	const objects = await collection.list(input.api, owner, input.limit);
	return objects.map((object) => simplified(input.values, object, collection.mainFields));
}

/** IDs that the service left out of its answer although it accepted the write. */
function leftOut<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
	answer: Owner,
	ids: string[],
) {
	const there = collection.idsIn?.(answer);
	return there
		? ids
				.filter((id) => !there.includes(id))
				.map((id) => ({ id, reason: "Statuspage reported success but didn't apply the change" }))
		: [];
}

interface EqualLists {
	pageId: string;
	ids: string[];
}

/** Adding. Items that add the same to several owners share the work where that takes fewer requests. */
export function addToSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
): BatchedOperation<StatuspageInput, EqualLists, Ids> {
	const { addTo, ownerId, kind } = collection;
	const addToOne = async (api: StatuspageApi, owner: Ids, ids: string[]) =>
		await writeInHalves(ids, async (part) => leftOut(collection, await collection.add(api, owner, part), part));
	const resultFor = (owner: Ids, result: ChangeResult) =>
		settle(() => {
			throwIfAnyFailed(result, 'add', nameOf(collection, owner));
			return { ...owner, added: result.done };
		});
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const ids = await input.idsOf(kind, { pageId }, idsParameter(kind));
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
export async function replaceSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject> {
	const pageId = await input.pageId();
	const ids = await input.idsOf(collection.kind, { pageId }, idsParameter(collection.kind));
	const owner = await collection.ownerOf(input, pageId);
	const answer = await collection.replace(input.api, owner, ids);
	const failed = leftOut(collection, answer, ids);
	const done = ids.filter((id) => !failed.some((entry) => entry.id === id));
	throwIfAnyFailed({ done, unchanged: [], failed }, 'add', nameOf(collection, owner), 'All others were replaced');
	return answer;
}

export async function removeFromSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	input: StatuspageInput,
	collection: SubCollection<Ids, Name>,
): Promise<IDataObject> {
	const pageId = await input.pageId();
	const ids = await input.idsOf(collection.kind, { pageId }, idsParameter(collection.kind), { allowUnknownIds: true });
	const owner = await collection.ownerOf(input, pageId);
	let rows: Promise<string[]> | undefined;
	const listIds = async () => (await collection.list(input.api, owner)).map(({ id }) => id);
	const result = await removeEach(
		ids,
		async (id) => await collection.remove(input.api, owner, id),
		async () => await (rows ??= listIds()),
		{ api: input.api, concurrency: runOptions(input.options).concurrency },
	);
	throwIfAnyFailed(result, 'remove', nameOf(collection, owner));
	return { ...owner, removed: result.done, notThere: result.unchanged };
}
