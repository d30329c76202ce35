import { ROLES, type Permissions } from '../permissionAnswer';
import { emailKey } from '../../../shared/client/matching';
import type { TeamMember } from '../endpoints';
import { memberships, type PageSnapshot } from './snapshot';
import { nameOf } from './match';

export interface AccessRow {
	kind: 'access';
	pageId: string;
	page: string;
	email: string;
	/** A viewer or a team member. */
	personId: string;
	person: 'viewer' | 'teamMember';
	/** Empty for team members, whose roles hold for the page. */
	componentId: string;
	component: string;
	way: 'group' | 'direct' | 'role';
	/** The name of the group or role; empty where the way is direct. */
	via: string;
}

export interface Finding {
	kind: 'finding';
	finding: 'viewerSeesNothing' | 'groupWithNobody' | 'groupWithoutComponents' | 'teamMemberWithoutPages' | 'notFoundBySearch';
	/** Nobody was found, and not everything was looked at. */
	notFoundBySearch?: true;
	pageId: string;
	page: string;
	/** The person, or the name of the group. */
	subject: string;
	subjectId: string;
	text: string;
}

/** A team member with the roles on each page. */
export interface MemberPermissions {
	member: TeamMember;
	permissions: Permissions;
}

export interface ReportInput {
	snapshots: PageSnapshot[];
	/** False when nobody asked what viewers have besides their groups: then nobody can be said to see nothing. */
	hasDirect: boolean;
	/** Only some people were looked at: then nothing can be said about who is in a group. */
	isPartial?: boolean;
	members: MemberPermissions[];
	/** Of pages without a snapshot too, since roles hold for all of them. */
	pageNames: Map<string, string>;
}

const ROLE_NAMES = { page_configuration: 'Page Configuration', incident_manager: 'Incident Manager', maintenance_manager: 'Maintenance Manager' } as const;

function viewerRows({ page, viewers, groups, components, componentsOf }: PageSnapshot): AccessRow[] {
	const groupsOf = memberships({ viewers, groups });
	const names = new Map(components.map(({ id, name }) => [id, name]));
	const byId = new Map(groups.map((group) => [group.id, group]));
	return viewers.flatMap((viewer) => {
		const about = { kind: 'access' as const, pageId: page.id, page: page.name, email: nameOf(viewer), personId: viewer.id, person: 'viewer' as const };
		const to = (componentId: string) => ({ componentId, component: names.get(componentId) ?? componentId });
		const throughGroups = [...(groupsOf.get(viewer.id) ?? [])].flatMap((groupId) => {
			const group = byId.get(groupId);
			return (group?.component_ids ?? []).map((id): AccessRow => ({ ...about, ...to(id), way: 'group', via: group?.name ?? groupId }));
		});
		const direct = (componentsOf.get(viewer.id) ?? []).map((id): AccessRow => ({ ...about, ...to(id), way: 'direct', via: '' }));
		return [...throughGroups, ...direct];
	});
}

function memberRows({ members, pageNames }: ReportInput): AccessRow[] {
	return members.flatMap(({ member, permissions }) =>
		[...permissions].flatMap(([pageId, held]) => {
			const about = { kind: 'access' as const, pageId, page: pageNames.get(pageId) ?? pageId, email: member.email, personId: member.id, person: 'teamMember' as const, componentId: '', component: '', way: 'role' as const };
			const roles = ROLES.filter((role) => held[role]).map((role) => ROLE_NAMES[role]);
			return (roles.length > 0 ? roles : ['Member']).map((via) => ({ ...about, via }));
		}),
	);
}

function findingsOf(snapshot: PageSnapshot, { hasDirect, isPartial = false }: ReportInput): Finding[] {
	const { page, viewers } = snapshot;
	const groups = isPartial ? [] : snapshot.groups;
	const groupsOf = memberships(snapshot);
	const about = { kind: 'finding' as const, pageId: page.id, page: page.name };
	const seeing = new Set(viewerRows(snapshot).map(({ personId }) => personId));
	const filled = new Set([...groupsOf.values()].flatMap((ids) => [...ids]));
	return [
		...(hasDirect ? viewers.filter(({ id }) => !seeing.has(id)) : []).map((viewer): Finding => ({
			...about,
			finding: 'viewerSeesNothing',
			subject: nameOf(viewer),
			subjectId: viewer.id,
			text: groupsOf.get(viewer.id)?.size ? 'The viewer sees no component: the groups show none' : 'The viewer has no access left: no group, no component',
		})),
		...groups.filter(({ id }) => !filled.has(id)).map(({ id, name }): Finding => ({ ...about, finding: 'groupWithNobody', subject: name, subjectId: id, text: 'Nobody is in the group' })),
		...groups
			.filter(({ component_ids }) => (component_ids ?? []).length === 0)
			.map(({ id, name }): Finding => ({ ...about, finding: 'groupWithoutComponents', subject: name, subjectId: id, text: 'The group shows no component' })),
	];
}

/** Who can see what, by which way; and what a reviewer should look at. */
export function reportRows(input: ReportInput): Array<AccessRow | Finding> {
	const without = input.members.filter(({ permissions }) => permissions.size === 0);
	return [
		...input.snapshots.flatMap((snapshot) => viewerRows(snapshot)),
		...memberRows(input),
		...input.snapshots.flatMap((snapshot) => findingsOf(snapshot, input)),
		...without.map(({ member }): Finding => ({ kind: 'finding', finding: 'teamMemberWithoutPages', pageId: '', page: '', subject: member.email, subjectId: member.id, text: 'The team member has no page' })),
	];
}

/** The search by email may miss a viewer, so that nobody found is no proof that somebody has no access. */
export function notFoundBySearch(snapshots: PageSnapshot[], emails: string[]): Finding[] {
	return snapshots.flatMap(({ page, viewers }) => {
		const found = new Set(viewers.map(({ email }) => emailKey(email)));
		return emails
			.filter((email) => !found.has(emailKey(email)))
			.map((email): Finding => ({
				kind: 'finding',
				finding: 'notFoundBySearch',
				notFoundBySearch: true,
				pageId: page.id,
				page: page.name,
				subject: email,
				subjectId: '',
				text: 'The search found no viewer with this email. It may miss an address that is stored with other capitals',
			}));
	});
}
