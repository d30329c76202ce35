import type { IDataObject } from 'n8n-workflow';
import type { Viewer } from '../endpoints/viewer';
import type { ViewerGroup } from '../endpoints/viewerGroup';
import type { TeamMember } from '../endpoints/teamMember';
import { ROLES, ROLE_NAMES, type Permissions, type Roles } from '../permissionAnswer';
import { shortHash, type Row } from './accessRows';

/** An object of a list, as it was read. */
export interface Seen {
	id: string;
	row: Row;
	/** The fields of the object in output items. */
	json: () => IDataObject;
}

const hashesOf = (id: string, values: unknown[]) => values.map((value) => shortHash(id, value)).join('');

/** The API returns lists of IDs in any order. */
const sorted = (ids: readonly string[]) => [...new Set(ids)].sort();

/** The watched fields of a viewer, in the order of their hashes. */
export const VIEWER_FIELDS = ['email', 'externalLogin', 'viewerGroups'];

/** @param keepEmail the state keeps the email, so the event of a removal can contain it */
export function seenViewer(viewer: Viewer, keepEmail: boolean): Seen {
	const { id, email, external_login: login = null, page_access_group_ids: groupIds } = viewer;
	return {
		id,
		row: { hashes: hashesOf(id, [email ?? '', login ?? '', sorted(groupIds)]), text: keepEmail ? (email ?? '') : '' },
		json: () => ({ viewerId: id, email: email ?? null, externalLogin: login ?? null, viewerGroupIds: groupIds }),
	};
}

/** The watched fields of a viewer group, in the order of their hashes. The name is kept as text. */
export const GROUP_FIELDS = ['externalIdentifier', 'viewers', 'components', 'metrics'];

export function seenViewerGroup(group: ViewerGroup): Seen {
	const { id, name, external_identifier: external = null } = group;
	const { page_access_user_ids: viewerIds, component_ids: componentIds, metric_ids: metricIds } = group;
	return {
		id,
		row: {
			hashes: hashesOf(id, [external ?? '', sorted(viewerIds), sorted(componentIds), sorted(metricIds)]),
			text: name,
		},
		json: () => ({
			viewerGroupId: id,
			name,
			externalIdentifier: external ?? null,
			viewerCount: viewerIds.length,
			componentIds,
			metricIds,
		}),
	};
}

export function seenTeamMember({ id, email, first_name: first, last_name: last }: TeamMember): Seen {
	return {
		id,
		row: { hashes: '', text: email },
		json: () => ({ teamMemberId: id, email, name: [first, last].filter(Boolean).join(' ') || null }),
	};
}

/** One digit per page: a bit per role. A page without role-based access control has a dash. */
function rolesCode(roles: Roles): string {
	if (Object.keys(roles).length === 0) return '-';
	return String(ROLES.reduce((sum, role, bit) => sum + (roles[role] ? 2 ** bit : 0), 0));
}

/** Names of the roles in a digit of `rolesCode`; undefined for a page without role-based access control. */
function rolesIn(code: string): string[] | undefined {
	if (code === '-') return undefined;
	return ROLES.filter((_, bit) => (Number(code) & (2 ** bit)) !== 0).map((role) => ROLE_NAMES[role]);
}

function codesIn(text: string): Map<string, string> {
	return new Map(
		text
			.split(';')
			.filter((entry) => entry !== '')
			.map((entry) => {
				const [pageId, code] = entry.split(':');
				return [decodeURIComponent(pageId), code];
			}),
	);
}

const pageRoles = ([pageId, code]: [string, string]) => ({ pageId, roles: rolesIn(code) ?? null });

/** Permissions are small, so they are kept as they are, and no change can be missed. */
export function seenPermissions(teamMemberId: string, email: string | null, permissions: Permissions): Seen {
	const codes = [...permissions].map(([pageId, roles]): [string, string] => [pageId, rolesCode(roles)]).sort();
	return {
		id: teamMemberId,
		row: { hashes: '', text: codes.map(([pageId, code]) => `${encodeURIComponent(pageId)}:${code}`).join(';') },
		json: () => ({ teamMemberId, email, permissions: codes.map(pageRoles) }),
	};
}

/** The pages whose roles differ, with the roles before and now. `null` is a page without role-based access control. */
export function changedPages(before: string, after: string): IDataObject[] {
	const [old, now] = [codesIn(before), codesIn(after)];
	return sorted([...old.keys(), ...now.keys()])
		.filter((pageId) => old.get(pageId) !== now.get(pageId))
		.map((pageId) => ({
			pageId,
			hadAccess: old.has(pageId),
			rolesBefore: rolesIn(old.get(pageId) ?? '-') ?? null,
			hasAccess: now.has(pageId),
			rolesNow: rolesIn(now.get(pageId) ?? '-') ?? null,
		}));
}
