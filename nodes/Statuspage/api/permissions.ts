import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/transport/failures';
import type { StatuspageApi } from './client';
import { withLocks } from './locks';
import { readPermissions, ROLES, type Permissions, type Role } from './permissionAnswer';

export interface MemberOf {
	organizationId: string;
	teamMemberId: string;
}

/** The roles that a member is to have on a page. */
export interface PageRoles {
	pageId: string;
	roles: Role[];
}

export async function getPermissions(api: StatuspageApi, ids: MemberOf): Promise<Permissions> {
	return readPermissions(await api.call('getPermissions', ids));
}

function sameRoles(a: Permissions, b: Permissions, pageId: string): boolean {
	const [before, after] = [a.get(pageId), b.get(pageId)];
	return before !== undefined && after !== undefined && ROLES.every((role) => (before[role] ?? false) === (after[role] ?? false));
}

/** Sends all pages, and requires each of them in the answer: a page that is left out loses access without a word. */
async function write(api: StatuspageApi, ids: MemberOf, permissions: Permissions): Promise<Permissions> {
	const answer = readPermissions(await api.call('replacePermissions', ids, { body: { pages: Object.fromEntries(permissions) } }));
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

async function change(
	api: StatuspageApi,
	ids: MemberOf,
	next: (current: Permissions) => Permissions,
): Promise<{ before: Permissions; after: Permissions; isChanged: boolean }> {
	const lock = `${api.connection.baseUrl} ${ids.organizationId} permissions ${ids.teamMemberId}`;
	return await withLocks({ exclusive: [lock] }, api.connection.signal, async () => {
		const before = await getPermissions(api, ids);
		const wanted = next(before);
		const isChanged = wanted.size !== before.size || [...wanted.keys()].some((pageId) => !sameRoles(before, wanted, pageId));
		return { before, after: isChanged ? await write(api, ids, wanted) : before, isChanged };
	});
}

/** Gives the member these roles on these pages; all other pages stay. One read, and one write if something changes. */
export async function updatePermissions(api: StatuspageApi, ids: MemberOf, pages: PageRoles[]) {
	return await change(api, ids, (current) => new Map([...current, ...pages.flatMap((page) => [...asRoles(current, page)])]));
}

/** Takes the member's access to these pages away; all other pages stay. */
export async function removePermissions(api: StatuspageApi, ids: MemberOf, pageIds: string[]) {
	return await change(api, ids, (current) => new Map([...current].filter(([pageId]) => !pageIds.includes(pageId))));
}

/** The member has these pages and roles afterwards, and no others. */
export async function replacePermissions(api: StatuspageApi, ids: MemberOf, pages: PageRoles[]) {
	return await change(api, ids, (current) => new Map(pages.flatMap((page) => [...asRoles(current, page)])));
}

/** One shape for users, whichever the service answered with. */
export function asItem({ teamMemberId }: MemberOf, permissions: Permissions): IDataObject {
	return { user_id: teamMemberId, pages: [...permissions].map(([page_id, roles]) => ({ page_id, ...roles })) };
}
