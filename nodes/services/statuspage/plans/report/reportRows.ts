import { emailKey } from '../../../../shared/client/matching';
import type { Clock } from '../../../../shared/http/clock';
import { Breather } from '../../../../shared/http/breather';
import type { Component, TeamMember } from '../../endpoints';
import type { Permissions } from '../../permissionAnswer';
import { roleNames } from '../roleNames';
import { viewerName } from '../viewerFacts';
import { findingsOf, type Finding } from './reportFindings';
import { groupIdsByViewer, type PageSnapshot } from '../snapshot';

export interface AccessRow {
	kind: 'access';
	pageId: string;
	page: string;
	email: string;
	/** ID of the viewer or team member. */
	personId: string;
	person: 'viewer' | 'teamMember';
	/** Empty for team members, because their roles apply to the page. */
	componentId: string;
	component: string;
	/** The name of the component group. Empty if there is none. */
	componentGroup: string;
	way: 'group' | 'direct' | 'role';
	/** The name of the viewer group or role. Empty for direct access. */
	via: string;
}

export type ReportRow = AccessRow | Finding;

/** A page with all data that the report needs. */
export interface ReportPage extends PageSnapshot {
	/** Names of component groups, by ID. */
	componentGroups: Map<string, string>;
}

/** A team member and their permissions. */
export interface MemberPermissions {
	member: TeamMember;
	permissions: Permissions;
}

export interface ReportInput {
	pages: ReportPage[];
	/** False if own components were not read. Then a viewer without rows may still have access. */
	hasDirect: boolean;
	/** True if only some people were read. Then it is unknown whether a group has members. */
	isPartial?: boolean;
	/** IDs of the only components to report. Undefined for all components. */
	componentIds?: ReadonlySet<string>;
	members: MemberPermissions[];
	/** Page names by ID. Includes pages without a snapshot, because team members may have roles there. */
	pageNames: Map<string, string>;
}

type OfComponent = Pick<AccessRow, 'componentId' | 'component' | 'componentGroup'>;

/** Returns a function that names a component by its ID. A component that is not in the list is named by its ID. */
function componentNames({ components, componentGroups }: ReportPage): (id: string) => OfComponent {
	const byId = new Map(components.map((component): [string, Component] => [component.id, component]));
	return (id) => {
		const component = byId.get(id);
		return {
			componentId: id,
			component: component?.name ?? id,
			componentGroup: componentGroups.get(component?.group_id ?? '') ?? '',
		};
	};
}

async function viewerRows(
	page: ReportPage,
	componentIds: ReadonlySet<string> | undefined,
	breather: Breather,
): Promise<AccessRow[]> {
	const about = componentNames(page);
	const isWanted = (id: string) => componentIds?.has(id) ?? true;
	const groupsOf = groupIdsByViewer(page);
	const throughGroup = new Map(
		page.groups.map((group) => [
			group.id,
			(group.component_ids ?? [])
				.filter(isWanted)
				.map((id) => ({ ...about(id), way: 'group' as const, via: group.name })),
		]),
	);
	const rows: AccessRow[] = [];
	for (const viewer of page.viewers) {
		await breather.breathe();
		const person = {
			kind: 'access',
			pageId: page.page.id,
			page: page.page.name,
			email: viewerName(viewer),
			personId: viewer.id,
			person: 'viewer',
		} as const;
		for (const groupId of groupsOf.get(viewer.id) ?? [])
			for (const access of throughGroup.get(groupId) ?? []) rows.push({ ...person, ...access });
		for (const id of page.componentsOf.get(viewer.id) ?? [])
			if (isWanted(id)) rows.push({ ...person, ...about(id), way: 'direct', via: '' });
	}
	return rows;
}

function memberRows({ members, pageNames }: ReportInput): AccessRow[] {
	return members.flatMap(({ member, permissions }) =>
		[...permissions].flatMap(([pageId, held]) => {
			const person = {
				kind: 'access',
				pageId,
				page: pageNames.get(pageId) ?? pageId,
				email: member.email,
				personId: member.id,
				person: 'teamMember',
			} as const;
			const roles = roleNames(held);
			return (roles.length > 0 ? roles : ['Member']).map(
				(via): AccessRow => ({ ...person, componentId: '', component: '', componentGroup: '', way: 'role', via }),
			);
		}),
	);
}

/** One row per person and type of access, and findings to review. */
export async function reportRows(input: ReportInput, clock: Clock): Promise<ReportRow[]> {
	const breather = new Breather(clock);
	const rows: ReportRow[] = [];
	const findings: Finding[] = [];
	for (const page of input.pages) {
		const ofPage = await viewerRows(page, input.componentIds, breather);
		for (const row of ofPage) rows.push(row);
		for (const finding of await findingsOf(page, ofPage, input, breather)) findings.push(finding);
	}
	for (const row of memberRows(input)) rows.push(row);
	for (const finding of findings) rows.push(finding);
	for (const { member, permissions } of input.members) {
		if (permissions.size > 0) continue;
		rows.push({
			kind: 'finding',
			finding: 'teamMemberWithoutPages',
			pageId: '',
			page: '',
			subject: member.email,
			subjectId: member.id,
			text: 'This team member has no access to any page',
		});
	}
	return rows;
}

/** Email keys of all people with at least one row or finding. */
export function peopleIn(rows: ReportRow[]): Set<string> {
	return new Set(rows.map((row) => emailKey(row.kind === 'access' ? row.email : row.subject)));
}
