import { withLocks } from '../../../../shared/client/locks';
import { lookUpLost } from '../../../../shared/client/lookUpLost';
import { isSameName, nameKey } from '../../../../shared/client/matching';
import { mayHaveArrived, asError } from '../../../../shared/http/failures';
import type { Unit } from '../../../../shared/http/unit';
import type { StatuspageApi } from '../../statuspageApi';
import type { ViewerGroup } from '../../endpoints';
import { lockName } from '../../lockName';
import { PAGE_SIZE } from '../../paging';
import type { Change } from '../change';
import type { Outcome, Outcomes } from './outcomes';

/** The ID of a group that was looked up by name, or the outcome if it cannot be used. */
type GroupLookUp = { id: string } | { outcome: Outcome };

/** A group that a plan creates only has members. Any other group would grant access that was not approved. */
function hasOnlyMembers({ component_ids, metric_ids, external_identifier }: ViewerGroup): boolean {
	return component_ids.length === 0 && metric_ids.length === 0 && !external_identifier;
}

function stale(name: string, reason: string): GroupLookUp {
	return {
		outcome: {
			result: 'stale',
			reason: `A viewer group named ${name} was created after the plan${reason}. Create a new plan`,
		},
	};
}

/** The group with this name, if it can count as created by the plan. Undefined if there is no such group. */
function findGroup(groups: ViewerGroup[], name: string): GroupLookUp | undefined {
	const named = groups.filter((group) => isSameName(group.name, name));
	if (named.length === 0) return undefined;
	if (named.length > 1)
		return stale(
			name,
			`, and there are ${named.length} viewer groups with this name (${named.map(({ id }) => id).join(', ')})`,
		);
	return hasOnlyMembers(named[0])
		? { id: named[0].id }
		: stale(name, ', and it has components, metrics or an external identifier');
}

/** A list of several pages can miss a group while it is read, so it is read a second time if a name is missing. */
async function readGroups(api: StatuspageApi, pageId: string, names: string[], unit?: Unit): Promise<ViewerGroup[]> {
	const groups = await api.list('listViewerGroups', { pageId }, { isExact: true, unit });
	if (groups.length < PAGE_SIZE || names.every((name) => findGroup(groups, name))) return groups;
	return await api.list('listViewerGroups', { pageId }, { isExact: true, unit });
}

/** Number of groups that are created in one unit, together with the list that is read first. */
export function groupBatchSize(limit: number): number {
	return Math.max(1, Math.min(limit, 1000) - 1);
}

/** The groups that a plan creates on one page, by name. They were created in this run or by an earlier batch of the plan. */
export class NewGroups {
	readonly #ids = new Map<string, string>();
	#listed: Promise<ViewerGroup[]> | undefined;

	constructor(
		private readonly api: StatuspageApi,
		private readonly pageId: string,
		private readonly outcomes: Outcomes,
	) {}

	/** Reads and creates under one lock, so two plans that are applied at the same time create one group. */
	async create(changes: Change[]): Promise<void> {
		const { api, pageId } = this;
		const atOnce = groupBatchSize(api.connection.window.limit);
		for (let start = 0; start < changes.length; start += atOnce) {
			const part = changes.slice(start, start + atOnce);
			await withLocks(
				{ exclusive: [lockName.groupNames(api, pageId)] },
				api.connection.signal,
				async () => await this.#createAll(part),
			);
		}
	}

	/** The group that the plan created with this name. */
	async idOf(name: string): Promise<GroupLookUp> {
		const known = this.#ids.get(nameKey(name));
		if (known !== undefined) return { id: known };
		this.#listed ??= readGroups(this.api, this.pageId, [name]);
		const missing: Outcome = {
			result: 'failed',
			reason: `The viewer group ${name} does not exist. Apply the change that creates it first`,
		};
		return findGroup(await this.#listed, name) ?? { outcome: missing };
	}

	async #createAll(changes: Change[]): Promise<void> {
		const settled = new Set<Change>();
		const tried = new Set<Change>();
		await this.api.unit(changes.length + 1, async (unit) => {
			const open = changes.filter((change) => !settled.has(change));
			const groups = await readGroups(
				this.api,
				this.pageId,
				open.map(({ after }) => String(after?.name)),
				unit,
			);
			for (const change of open) {
				await this.outcomes.attempt(change, async () => await this.#createOne(change, groups, unit, tried));
				settled.add(change);
			}
		});
	}

	async #createOne(change: Change, groups: ViewerGroup[], unit: Unit, tried: Set<Change>): Promise<Outcome> {
		const { api, pageId } = this;
		const name = String(change.after?.name);
		const found = findGroup(groups, name);
		if (found && 'outcome' in found) return found.outcome;
		if (found) return this.#settled(name, found.id, tried.has(change) ? 'done' : 'unchanged');
		tried.add(change);
		try {
			const { id } = await api.call('createViewerGroup', { pageId }, { body: { name }, unit });
			return this.#settled(name, id, 'done');
		} catch (error) {
			if (!mayHaveArrived(error)) throw asError(error);
			// Statuspage allows duplicate names, so the request is not repeated. The list shows whether it succeeded.
			const groupsNow = await lookUpLost(async () => await readGroups(api, pageId, [name]), error);
			const late = findGroup(groupsNow, name);
			if (!late || 'outcome' in late) throw asError(error);
			return this.#settled(name, late.id, 'done');
		}
	}

	#settled(name: string, id: string, result: 'done' | 'unchanged'): Outcome {
		this.#ids.set(nameKey(name), id);
		return { result, objectId: id };
	}
}
