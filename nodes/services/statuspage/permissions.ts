import type { IDataObject } from 'n8n-workflow';
import { Cancelled, Failure, asError } from '../../shared/http/failures';
import { isRejected } from '../../shared/client/changes';
import type { StatuspageApi } from './statuspageApi';
import { withLocks } from '../../shared/client/locks';
import type { Unit } from '../../shared/http/unit';
import { verdictOf, type ConfirmedWrite } from '../../shared/client/writeVerdict';
import { checkAfterMs, MOST_REPEATS, readIfPossible, repeatWaitMs } from './checkedChange';
import { ROLES, type Permissions, type Role } from './permissionAnswer';
import { pageContents, permissionWrite } from './permissionWrite';
import { noteWriteTime } from './writeTimes';

export interface MemberOf {
	organizationId: string;
	teamMemberId: string;
}

/** The new roles of a team member on a page. */
export interface PageRoles {
	pageId: string;
	roles: Role[];
}

export async function getPermissions(api: StatuspageApi, ids: MemberOf, unit?: Unit): Promise<Permissions> {
	return await api.call('getPermissions', ids, { unit });
}

function sameRoles(a: Permissions, b: Permissions, pageId: string): boolean {
	const [before, after] = [a.get(pageId), b.get(pageId)];
	return (
		before !== undefined &&
		after !== undefined &&
		ROLES.every((role) => (before[role] ?? false) === (after[role] ?? false))
	);
}

/** Sends all pages and checks that the answer contains each of them, because a missing page has lost its access. */
async function write(api: StatuspageApi, ids: MemberOf, permissions: Permissions, unit: Unit): Promise<Permissions> {
	const answer = await api.call('replacePermissions', ids, { body: { pages: Object.fromEntries(permissions) }, unit });
	const lost = [...permissions.keys()].filter((pageId) => !answer.has(pageId));
	if (lost.length > 0) {
		throw new Failure({
			kind: 'answer',
			message: `Statuspage reported success but didn't save ${lost.length === 1 ? 'page' : 'pages'} ${lost.join(', ')} in the permissions of team member ${ids.teamMemberId}`,
			advice: 'Check the page IDs, and the current permissions of the team member on Statuspage',
		});
	}
	return answer;
}

/** Pages without role-based access control map to an empty object. */
function asRoles(current: Permissions, { pageId, roles }: PageRoles): Permissions {
	const hasRoles = roles.length > 0 || Object.keys(current.get(pageId) ?? {}).length > 0;
	return new Map([[pageId, hasRoles ? Object.fromEntries(ROLES.map((role) => [role, roles.includes(role)])) : {}]]);
}

/** A requested change of a team member's permissions. */
export interface PermissionRequest {
	after: (current: Permissions) => Permissions;
	/** Checks the request against the current permissions. Throws Failure for an invalid request. */
	check?: (current: Permissions) => Promise<void>;
}

export interface PermissionChange {
	/** The permissions after earlier requests and before this one. */
	before: Permissions;
	after: Permissions;
	isChanged: boolean;
}

function isSamePermissions(a: Permissions, b: Permissions): boolean {
	return a.size === b.size && [...a.keys()].every((pageId) => sameRoles(a, b, pageId));
}

/** The failure of an invalid request; undefined if it is valid. */
async function checkRequest({ check }: PermissionRequest, current: Permissions): Promise<Failure | undefined> {
	try {
		await check?.(current);
		return undefined;
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		return error;
	}
}

/**
 * Changes the permissions of one team member for several requests, with one read, and one write if something changes. If the write is
 * rejected, it is split so that valid requests still succeed.
 *
 * @returns the change or the failure of each request, in their order
 */
export async function changePermissions(
	api: StatuspageApi,
	ids: MemberOf,
	requests: PermissionRequest[],
): Promise<Array<PermissionChange | Failure>> {
	const lock = `${api.connection.baseUrl} ${ids.organizationId} permissions ${ids.teamMemberId}`;
	const outcomes = new Map<PermissionRequest, PermissionChange | Failure>();
	const written: Written = { writes: [], pagesOf: new Map() };
	return await withLocks({ exclusive: [lock] }, api.connection.signal, async () => {
		await writeRequests(api, ids, requests, { outcomes, written });
		if (api.connection.isShared) await checkRequests(api, ids, { outcomes, written });
		return requests.map((request) => outcomes.get(request) as PermissionChange | Failure);
	});
}

/** The confirmed writes, and the pages that each request changed. */
interface Written {
	writes: ConfirmedWrite[];
	pagesOf: Map<PermissionRequest, string[]>;
}

interface RequestState {
	outcomes: Map<PermissionRequest, PermissionChange | Failure>;
	written: Written;
}

/**
 * Reads the permissions once more, because another process that shares the key can overwrite them. The lock is kept, so this process
 * changes nothing meanwhile. Overwritten requests are repeated. Requests that are not as wanted at the end have failed.
 */
async function checkRequests(api: StatuspageApi, ids: MemberOf, { outcomes, written }: RequestState): Promise<void> {
	const { clock } = api.connection;
	for (let repeats = 0; written.writes.length > 0; repeats++) {
		const isRemoval = written.writes.some((write) => write.isRemoval);
		await clock.sleep(checkAfterMs(api.connection, isRemoval));
		const current = await readIfPossible(api, getPermissions(api, ids));
		if (!current) return;
		const { overwritten, undone } = verdictOf(written.writes, pageContents(current));
		const missing = new Set([...overwritten, ...undone]);
		const affected = [...outcomes.keys()].filter(
			(request) =>
				!(outcomes.get(request) instanceof Failure) &&
				written.pagesOf.get(request)?.some((pageId) => missing.has(pageId)),
		);
		if (undone.length > 0 || repeats === MOST_REPEATS) {
			for (const request of affected) outcomes.set(request, overwrittenRoles(ids, [...missing], undone.length > 0));
			return;
		}
		if (overwritten.length === 0) return;
		await clock.sleep(repeatWaitMs(repeats, clock.random()));
		written.writes = [];
		try {
			await writeRequests(api, ids, affected, { outcomes, written });
		} catch (error) {
			if (error instanceof Cancelled) throw asError(new Cancelled(true));
			for (const request of affected) outcomes.set(request, overwrittenRoles(ids, overwritten, false, error));
			return;
		}
	}
}

/** @param error of the repetition */
function overwrittenRoles({ teamMemberId }: MemberOf, pageIds: string[], isUndone: boolean, error?: unknown): Failure {
	const unrepeated = error === undefined ? '' : `. The change could not be repeated: ${asError(error).message}`;
	return new Failure({
		kind: 'answer',
		message: `The permissions of team member ${teamMemberId} were saved, but another user or process changed ${pageIds.length === 1 ? 'page' : 'pages'} ${pageIds.join(', ')} at the same time${unrepeated}`,
		advice: isUndone ? 'Check the permissions. The change was not repeated' : 'Check the permissions, and run it again',
	});
}

async function writeRequests(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionRequest[],
	state: RequestState,
): Promise<void> {
	const { outcomes } = state;
	try {
		await api.unit(2, async (unit) => await writeOnce(api, ids, part, { unit, ...state }));
	} catch (error) {
		if (!isRejected(error)) throw asError(error);
		const open = part.filter((request) => !(outcomes.get(request) instanceof Failure));
		// A rejected read applies to all requests.
		if (open.length <= 1 || outcomes.size === 0)
			return part
				.filter((request) => !(outcomes.get(request) instanceof Failure))
				.forEach((request) => outcomes.set(request, error));
		const middle = Math.ceil(open.length / 2);
		await writeRequests(api, ids, open.slice(0, middle), state);
		await writeRequests(api, ids, open.slice(middle), state);
	}
}

/** One read, and one write if something changes. */
async function writeOnce(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionRequest[],
	{ unit, outcomes, written }: RequestState & { unit: Unit },
): Promise<void> {
	const { writes, pagesOf } = written;
	const { clock } = api.connection;
	const at = clock.now();
	const start = await getPermissions(api, ids, unit);
	const failures = await Promise.all(part.map(async (request) => await checkRequest(request, start)));
	const open = part.filter((_, index) => !failures[index]);
	failures.forEach((failure, index) => failure && outcomes.set(part[index], failure));
	const steps: Permissions[] = [];
	for (const request of open) steps.push(request.after(steps.at(-1) ?? start));
	const wanted = steps.at(-1) ?? start;
	open.forEach((request, index) => {
		const change = changeBetween(steps[index - 1] ?? start, steps[index]);
		const earlier = outcomes.get(request);
		// After a write with a lost answer, permissions as wanted were changed by that write.
		const wasDone = unit.mayHaveWritten && !change.isChanged && earlier !== undefined && !(earlier instanceof Failure);
		outcomes.set(request, wasDone ? { ...earlier, after: change.after } : change);
	});
	if (isSamePermissions(start, wanted)) return;
	open.forEach((request, index) =>
		pagesOf.set(request, [...permissionWrite(steps[index - 1] ?? start, steps[index]).changes.keys()]),
	);
	const answer = await write(api, ids, wanted, unit);
	writes.push(permissionWrite(start, wanted));
	noteWriteTime(api.connection, at);
	for (const request of open) outcomes.set(request, { ...(outcomes.get(request) as PermissionChange), after: answer });
}

function changeBetween(before: Permissions, after: Permissions): PermissionChange {
	return { before, after, isChanged: !isSamePermissions(before, after) };
}

/** A request for these roles on these pages. Other pages are kept. */
export function withRoles(pages: PageRoles[]): PermissionRequest {
	return { after: (current) => new Map([...current, ...pages.flatMap((page) => [...asRoles(current, page)])]) };
}

/** A request to remove these pages. Other pages are kept. */
export function withoutPages(pageIds: string[]): PermissionRequest {
	return { after: (current) => new Map([...current].filter(([pageId]) => !pageIds.includes(pageId))) };
}

/** A request for exactly these pages and roles. */
export function onlyRoles(pages: PageRoles[]): PermissionRequest {
	return { after: (current) => new Map(pages.flatMap((page) => [...asRoles(current, page)])) };
}

/** The output for permissions, the same for all shapes of answers. */
export function asItem({ teamMemberId }: MemberOf, permissions: Permissions): IDataObject {
	return { user_id: teamMemberId, pages: [...permissions].map(([page_id, roles]) => ({ page_id, ...roles })) };
}
