import type { IDataObject } from 'n8n-workflow';
import type { EndpointName, ListName, Viewer, ViewerGroup } from '../../services/statuspage/endpoints';
import type { ObjectKind } from '../../services/statuspage/objects/objectKind';
import type { ListItem, StatuspageApi } from '../../services/statuspage/statuspageApi';
import { addAll, type Additions, type FailedAddition } from '../../shared/client/additions';
import { removeEach, throwIfAnyFailed } from '../../shared/client/changes';
import { runOptions } from '../../shared/fields/options';
import { simplified } from '../../shared/fields/simplify';
import { Breather } from '../../shared/http/breather';
import { asError } from '../../shared/http/failures';
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
	remove: (api: StatuspageApi, owner: Ids, id: string) => Promise<unknown>;
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

/** The request of one item. */
interface Request<Ids> {
	owner: Ids;
	ids: string[];
}

/** The owners of several items, each once, and the IDs that the items name for each. */
async function byOwner<Ids extends Record<string, string>, Name extends ListName>(
	{ ownerId }: SubCollection<Ids, Name>,
	requests: Array<Request<Ids>>,
	breather: Breather,
): Promise<{ owners: Map<string, Ids>; wanted: Additions }> {
	const owners = new Map<string, Ids>();
	const wanted = new Map<string, Set<string>>();
	for (const { owner, ids } of requests) {
		await breather.breathe();
		const key = ownerId(owner);
		owners.set(key, owner);
		const known = wanted.get(key) ?? new Set();
		ids.forEach((id) => known.add(id));
		wanted.set(key, known);
	}
	return { owners, wanted: new Map([...wanted].map(([key, ids]) => [key, [...ids]])) };
}

/** Adding. All items of a page share their requests, which are sent per owner or per ID, whichever is fewer. */
export function addToSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
): BatchedOperation<StatuspageInput, string, Request<Ids>> {
	const { addTo, ownerId, kind } = collection;
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const ids = await input.idsOf(kind, { pageId }, idsParameter(kind));
			return { key: pageId, target: pageId, request: { owner: await collection.ownerOf(input, pageId), ids } };
		},
		async run({ api, options }, pageId, requests) {
			const breather = new Breather(api.connection.clock);
			const { owners, wanted } = await byOwner(collection, requests, breather);
			const failures = await addAll(wanted, {
				concurrency: runOptions(options).concurrency,
				clock: api.connection.clock,
				toOwner: async (id, part) => leftOut(collection, await collection.add(api, owners.get(id) as Ids, part), part),
				// The answers do not name the owners.
				toOwners: addTo && (async (id, ownerIds) => await addTo(api, pageId, id, ownerIds)),
			});
			const results: Array<PromiseSettledResult<IDataObject>> = [];
			for (const { owner, ids } of requests) {
				await breather.breathe();
				const failed = (failures.get(ownerId(owner)) ?? []).filter(({ id }) => ids.includes(id));
				results.push(settle(() => ({ ...owner, added: addedIds(ids, failed, nameOf(collection, owner)) })));
			}
			return results;
		},
	};
}

/** Throws Failure or Cancelled if an ID could not be added. */
function addedIds(ids: string[], failed: FailedAddition[], target: string): string[] {
	const [first] = failed;
	if (first && failed.length === ids.length && failed.every(({ error }) => error)) throw asError(first.error);
	const isFailed = new Set(failed.map(({ id }) => id));
	const done = ids.filter((id) => !isFailed.has(id));
	const reasons = failed.map(({ id, reason }) => ({ id, reason }));
	throwIfAnyFailed({ done, unchanged: [], failed: reasons }, 'add', target);
	return done;
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

/** Removing, with one request per owner and ID. Items with the same owner share the list that a missing ID needs. */
export function removeFromSubCollection<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
): BatchedOperation<StatuspageInput, Ids, string[]> {
	const { ownerId, kind } = collection;
	return {
		async parse(input) {
			const pageId = await input.pageId();
			const ids = await input.idsOf(kind, { pageId }, idsParameter(kind), { allowUnknownIds: true });
			const owner = await collection.ownerOf(input, pageId);
			return { key: `${pageId} ${ownerId(owner)}`, target: owner, request: ids };
		},
		async run({ api, options }, owner, lists) {
			const { concurrency } = runOptions(options);
			let rows: Promise<string[]> | undefined;
			const listIds = async () => {
				try {
					return (await collection.list(api, owner)).map(({ id }) => id);
				} catch (error) {
					// The next item reads the list again.
					rows = undefined;
					throw asError(error);
				}
			};
			const gone = new Set<string>();
			const results: Array<PromiseSettledResult<IDataObject>> = [];
			for (const ids of lists) {
				const work = async () => {
					const { done, unchanged, failed } = await removeEach(
						ids.filter((id) => !gone.has(id)),
						async (id) => await collection.remove(api, owner, id),
						async () => await (rows ??= listIds()),
						{ api, concurrency },
					);
					// An earlier item may have removed it.
					const notThere = ids.filter((id) => gone.has(id) || unchanged.includes(id));
					for (const id of [...done, ...unchanged]) gone.add(id);
					return settle(() => {
						throwIfAnyFailed({ done, unchanged: notThere, failed }, 'remove', nameOf(collection, owner));
						return { ...owner, removed: done, notThere };
					});
				};
				results.push(await settleAsync(work));
			}
			return results;
		},
	};
}
