import type { IDataObject } from 'n8n-workflow';
import { Failure, asError } from '../../shared/http/failures';
import { isRejected } from '../../shared/client/changes';
import type { StatuspageApi } from './statuspageApi';
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
export interface PermissionRequest {
	after: (current: Permissions) => Permissions;
	/** Judges the request once the permissions are known; throws Failure for one that cannot be meant. */
	check?: (current: Permissions) => Promise<void>;
}

export interface PermissionChange {
	/** As they were before this request, with the requests before it done. */
	before: Permissions;
	after: Permissions;
	isChanged: boolean;
}

function isSamePermissions(a: Permissions, b: Permissions): boolean {
	return a.size === b.size && [...a.keys()].every((pageId) => sameRoles(a, b, pageId));
}

/** The failure of a request that cannot be meant. */
async function objectionTo({ check }: PermissionRequest, current: Permissions): Promise<Failure | undefined> {
	try {
		await check?.(current);
		return undefined;
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		return error;
	}
}

/**
 * Does what several request for one member: one read, and one write if something changes. A write that is refused is halved, so that the
 * good requests get done; answers for each request with what came of it, or with the rejection.
 */
export async function changePermissions(
	api: StatuspageApi,
	ids: MemberOf,
	requests: PermissionRequest[],
): Promise<Array<PermissionChange | Failure>> {
	const lock = `${api.connection.baseUrl} ${ids.organizationId} permissions ${ids.teamMemberId}`;
	const outcomes = new Map<PermissionRequest, PermissionChange | Failure>();
	return await withLocks({ exclusive: [lock] }, api.connection.signal, async () => {
		await writeRequests(api, ids, requests, outcomes);
		return requests.map((request) => outcomes.get(request) as PermissionChange | Failure);
	});
}

async function writeRequests(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionRequest[],
	outcomes: Map<PermissionRequest, PermissionChange | Failure>,
): Promise<void> {
	try {
		await api.unit(2, async (unit) => await writeOnce(api, ids, part, { unit, outcomes }));
	} catch (error) {
		if (!isRejected(error)) throw asError(error);
		const open = part.filter((request) => !(outcomes.get(request) instanceof Failure));
		// A rejection of the read itself belongs to all of them.
		if (open.length <= 1 || outcomes.size === 0)
			return part
				.filter((request) => !(outcomes.get(request) instanceof Failure))
				.forEach((request) => outcomes.set(request, error));
		const middle = Math.ceil(open.length / 2);
		await writeRequests(api, ids, open.slice(0, middle), outcomes);
		await writeRequests(api, ids, open.slice(middle), outcomes);
	}
}

/** One read, and one write if something changes. */
async function writeOnce(
	api: StatuspageApi,
	ids: MemberOf,
	part: PermissionRequest[],
	{ unit, outcomes }: { unit: Unit; outcomes: Map<PermissionRequest, PermissionChange | Failure> },
): Promise<void> {
	const start = await getPermissions(api, ids, unit);
	const objections = await Promise.all(part.map(async (request) => await objectionTo(request, start)));
	const open = part.filter((_, index) => !objections[index]);
	objections.forEach((objection, index) => objection && outcomes.set(part[index], objection));
	const steps: Permissions[] = [];
	for (const request of open) steps.push(request.after(steps.at(-1) ?? start));
	const wanted = steps.at(-1) ?? start;
	open.forEach((request, index) => {
		const change = changeBetween(steps[index - 1] ?? start, steps[index]);
		const earlier = outcomes.get(request);
		// After a write whose answer was lost, permissions as wanted are that write's work.
		const wasDone = unit.mayHaveWritten && !change.isChanged && earlier !== undefined && !(earlier instanceof Failure);
		outcomes.set(request, wasDone ? { ...earlier, after: change.after } : change);
	});
	if (isSamePermissions(start, wanted)) return;
	const written = await write(api, ids, wanted, unit);
	for (const request of open) outcomes.set(request, { ...(outcomes.get(request) as PermissionChange), after: written });
}

function changeBetween(before: Permissions, after: Permissions): PermissionChange {
	return { before, after, isChanged: !isSamePermissions(before, after) };
}

/** These roles on these pages; all other pages stay. */
export function withRoles(pages: PageRoles[]): PermissionRequest {
	return { after: (current) => new Map([...current, ...pages.flatMap((page) => [...asRoles(current, page)])]) };
}

/** Without these pages; all others stay. */
export function withoutPages(pageIds: string[]): PermissionRequest {
	return { after: (current) => new Map([...current].filter(([pageId]) => !pageIds.includes(pageId))) };
}

/** These pages and roles, and no others. */
export function onlyRoles(pages: PageRoles[]): PermissionRequest {
	return { after: (current) => new Map(pages.flatMap((page) => [...asRoles(current, page)])) };
}

/** One shape for users, whichever the service answered with. */
export function asItem({ teamMemberId }: MemberOf, permissions: Permissions): IDataObject {
	return { user_id: teamMemberId, pages: [...permissions].map(([page_id, roles]) => ({ page_id, ...roles })) };
}
