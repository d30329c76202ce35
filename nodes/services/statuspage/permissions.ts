import type { IDataObject } from 'n8n-workflow';
import { Failure, passOn } from '../../shared/http/failures';
import { isRefusedRow } from '../../shared/client/changes';
import type { StatuspageApi } from './client';
import { withLocks } from '../../shared/client/locks';
import type { Unit } from '../../shared/http/unit';
import { ROLES, type Permissions, type Role } from './permissionAnswer';

export interface MemberOf {
	organizationId: string;
	teamMemberId: string;
}

/** The roles that a member is to have on a page. */
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

/** Sends all pages, and requires each of them in the answer: a page that is left out loses access without a word. */
async function write(api: StatuspageApi, ids: MemberOf, permissions: Permissions, unit: Unit): Promise<Permissions> {
	const answer = await api.call('replacePermissions', ids, { body: { pages: Object.fromEntries(permissions) }, unit });
	const lost = [...permissions.keys()].filter((pageId) => !answer.has(pageId));
	if (lost.length > 0) {
		throw new Failure({
			kind: 'answer',
			message: `Statuspage left out ${lost.length === 1 ? 'a page' : 'pages'} when it wrote the permissions of team member ${ids.teamMemberId}: ${lost.join(', ')}`,
			advice: 'Check the page IDs and, on Statuspage, what this member may do now',
		});
	}
	return answer;
}

/** Pages without role-based access control map to an empty object. */
function asRoles(current: Permissions, { pageId, roles }: PageRoles): Permissions {
	const hasRoles = roles.length > 0 || Object.keys(current.get(pageId) ?? {}).length > 0;
	return new Map([[pageId, hasRoles ? Object.fromEntries(ROLES.map((role) => [role, roles.includes(role)])) : {}]]);
}

/** What somebody wants a member's permissions to become. */
export interface PermissionWish {
	after: (current: Permissions) => Permissions;
	/** Judges the wish once the permissions are known; throws Failure for one that cannot be meant. */
	check?: (current: Permissions) => Promise<void>;
}

export interface PermissionChange {
	/** As they were before this wish, with the wishes before it done. */
	before: Permissions;
	after: Permissions;
	isChanged: boolean;
}

function isSamePermissions(a: Permissions, b: Permissions): boolean {
	return a.size === b.size && [...a.keys()].every((pageId) => sameRoles(a, b, pageId));
}

/** The failure of a wish that cannot be meant. */
async function objectionTo({ check }: PermissionWish, current: Permissions): Promise<Failure | undefined> {
	try {
		await check?.(current);
		return undefined;
	} catch (error) {
		if (!(error instanceof Failure)) throw passOn(error);
		return error;
	}
}

/**
 * Does what several wish for one member: one read, and one write if something changes. A write that is refused is halved, so that the
 * good wishes get done; answers for each wish with what came of it, or with the refusal.
 */
export async function changePermissions(
	api: StatuspageApi,
	ids: MemberOf,
	wishes: PermissionWish[],
): Promise<Array<PermissionChange | Failure>> {
	const lock = `${api.connection.baseUrl} ${ids.organizationId} permissions ${ids.teamMemberId}`;
	const outcomes = new Map<PermissionWish, PermissionChange | Failure>();
	return await withLocks({ exclusive: [lock] }, api.connection.signal, async () => {
		await writeWishes(api, ids, wishes, outcomes);
		return wishes.map((wish) => outcomes.get(wish) as PermissionChange | Failure);
	});
}

async function writeWishes(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionWish[],
	outcomes: Map<PermissionWish, PermissionChange | Failure>,
): Promise<void> {
	try {
		await api.unit(2, async (unit) => await writeOnce(api, ids, part, { unit, outcomes }));
	} catch (error) {
		if (!isRefusedRow(error)) throw passOn(error);
		const open = part.filter((wish) => !(outcomes.get(wish) instanceof Failure));
		// A refusal of the read itself belongs to all of them.
		if (open.length <= 1 || outcomes.size === 0)
			return part
				.filter((wish) => !(outcomes.get(wish) instanceof Failure))
				.forEach((wish) => outcomes.set(wish, error));
		const middle = Math.ceil(open.length / 2);
		await writeWishes(api, ids, open.slice(0, middle), outcomes);
		await writeWishes(api, ids, open.slice(middle), outcomes);
	}
}

/** One read, and one write if something changes. */
async function writeOnce(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionWish[],
	{ unit, outcomes }: { unit: Unit; outcomes: Map<PermissionWish, PermissionChange | Failure> },
): Promise<void> {
	const start = await getPermissions(api, ids, unit);
	const objections = await Promise.all(part.map(async (wish) => await objectionTo(wish, start)));
	const open = part.filter((_, index) => !objections[index]);
	objections.forEach((objection, index) => objection && outcomes.set(part[index], objection));
	const steps: Permissions[] = [];
	for (const wish of open) steps.push(wish.after(steps.at(-1) ?? start));
	const wanted = steps.at(-1) ?? start;
	open.forEach((wish, index) => {
		const change = changeBetween(steps[index - 1] ?? start, steps[index]);
		const earlier = outcomes.get(wish);
		// After a write whose answer was lost, permissions as wanted are that write's work.
		const wasDone = unit.mayHaveWritten && !change.isChanged && earlier !== undefined && !(earlier instanceof Failure);
		outcomes.set(wish, wasDone ? { ...earlier, after: change.after } : change);
	});
	if (isSamePermissions(start, wanted)) return;
	const written = await write(api, ids, wanted, unit);
	for (const wish of open) outcomes.set(wish, { ...(outcomes.get(wish) as PermissionChange), after: written });
}

function changeBetween(before: Permissions, after: Permissions): PermissionChange {
	return { before, after, isChanged: !isSamePermissions(before, after) };
}

/** These roles on these pages; all other pages stay. */
export function withRoles(pages: PageRoles[]): PermissionWish {
	return { after: (current) => new Map([...current, ...pages.flatMap((page) => [...asRoles(current, page)])]) };
}

/** Without these pages; all others stay. */
export function withoutPages(pageIds: string[]): PermissionWish {
	return { after: (current) => new Map([...current].filter(([pageId]) => !pageIds.includes(pageId))) };
}

/** These pages and roles, and no others. */
export function onlyRoles(pages: PageRoles[]): PermissionWish {
	return { after: (current) => new Map(pages.flatMap((page) => [...asRoles(current, page)])) };
}

/** One shape for users, whichever the service answered with. */
export function asItem({ teamMemberId }: MemberOf, permissions: Permissions): IDataObject {
	return { user_id: teamMemberId, pages: [...permissions].map(([page_id, roles]) => ({ page_id, ...roles })) };
}
