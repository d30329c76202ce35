import type { IDataObject } from 'n8n-workflow';
import { changeGroupsOfViewers, sharesWrites } from '../../../services/statuspage/groupsOfViewers';
import { addToList } from '../../../services/statuspage/plans/addToList';
import type { GroupsOfViewer, GroupsResult } from '../../../services/statuspage/writeToGroups';
import { throwIfAnyFailed, type Change } from '../../../shared/client/changes';
import { Breather } from '../../../shared/http/breather';
import { settleConcurrently } from '../../../shared/http/concurrently';
import { asError, Cancelled } from '../../../shared/http/failures';
import type { PerItem, Together } from '../../../shared/operations/operation';
import type { StatuspageInput } from '../statuspageInput';

/** What one item does to the groups of a viewer that exists. */
export interface GroupsItem extends GroupsOfViewer {
	pageId: string;
	/** Undefined if the item also writes something else, or replaces groups. */
	change: Change | undefined;
	/** False if the viewer, as it was read, already has the groups as wanted. */
	isNeeded: boolean;
	/** Returns the output of the item. Throws Failure or Cancelled. */
	finish: (result: GroupsResult) => Promise<IDataObject>;
}

/** An item that only changes groups. */
type Entry = GroupsItem & { item: number };

/** The items of one page with the same change, as far as nothing but groups changes for their viewers. */
async function groupChanges(entries: Entry[], breather: Breather): Promise<Entry[][]> {
	const byViewer = new Map<string, Entry[]>();
	for (const entry of entries) {
		await breather.breathe();
		addToList(byViewer, `${entry.pageId} ${entry.viewerId}`, entry);
	}
	const byPage = new Map<string, Entry[]>();
	for (const ofViewer of byViewer.values()) {
		await breather.breathe();
		const [{ change, pageId }] = ofViewer;
		const areAlike = change !== undefined && ofViewer.every((entry) => entry.change === change);
		if (!areAlike || !ofViewer.some(({ isNeeded }) => isNeeded)) continue;
		for (const entry of ofViewer) addToList(byPage, `${pageId} ${change}`, entry);
	}
	return [...byPage.values()].map((ofPage) => ofPage.sort((a, b) => a.item - b.item));
}

async function changeTogether(
	{ api }: StatuspageInput,
	entries: Entry[],
	concurrency: number,
): Promise<Array<PromiseSettledResult<IDataObject>>> {
	const [{ pageId, change }] = entries as Array<Entry & { change: Change }>;
	const results = await changeGroupsOfViewers(api, pageId, entries, change, concurrency);
	const outputs = await settleConcurrently({
		count: entries.length,
		concurrency,
		clock: api.connection.clock,
		run: async (index) => {
			const { viewerId, finish } = entries[index];
			const result = results[index];
			if (result.status === 'rejected') throw asError(result.reason);
			const { viewer, ...changed } = result.value;
			throwIfAnyFailed(changed, change, `the groups of viewer ${viewerId}`);
			return await finish({ ...changed, viewer });
		},
	});
	return outputs as Array<PromiseSettledResult<IDataObject>>;
}

/** False if the item adds no groups in the collection. An item that cannot be read may add some. */
function mayNameGroups(input: StatuspageInput, collection: string): boolean {
	try {
		return input.values.collection(collection).has('viewerGroupIds');
	} catch {
		return true;
	}
}

/**
 * For operations on viewers that can also change their groups. Items that only change groups share their requests if that takes fewer.
 *
 * @param collection contains the groups. The first item shows whether it does, so otherwise the items are not read beforehand
 * @param itemOf describes an item; undefined if it has to run by itself
 */
export function groupsTogether(
	collection: 'additionalFields' | 'updateFields',
	itemOf: (input: StatuspageInput) => Promise<GroupsItem | undefined>,
): Required<PerItem<StatuspageInput>>['together'] {
	return async (inputs, { concurrency, continueOnFail }): Promise<Together[]> => {
		const [first] = inputs;
		if (inputs.length === 1 || !mayNameGroups(first, collection)) return [];
		const breather = new Breather(first.api.connection.clock);
		const entries: Entry[] = [];
		for (const input of inputs) {
			await breather.breathe();
			try {
				const described = await itemOf(input);
				if (described) entries.push({ ...described, item: input.item });
			} catch (error) {
				// The error occurs again when the item runs. If it stops the run, later items must not be written.
				if (!continueOnFail || error instanceof Cancelled) return [];
			}
		}
		const together: Together[] = [];
		for (const ofPage of await groupChanges(entries, breather)) {
			if (!(await sharesWrites(first.api, ofPage))) continue;
			together.push({
				items: ofPage.map(({ item }) => item),
				run: async () => await changeTogether(first, ofPage, concurrency),
			});
		}
		return together;
	};
}
