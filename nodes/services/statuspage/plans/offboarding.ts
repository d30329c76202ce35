import type { StatuspageApi } from '../client';
import { emailKey, isSameEmail } from '../../../shared/client/matching';
import { getPermissions } from '../permissions';
import type { Page, Subscriber, TeamMember, Viewer, ViewerGroup } from '../endpoints';
import { viewersWith, type LookUp } from '../viewers';
import { roleFacts } from './applyTeam';
import { nameOf, viewerFacts } from './match';
import { memberships, type PageSnapshot } from './snapshot';
import type { SourcedChange } from './sync';

/** Somebody who leaves. */
export interface Leaver {
	item: number;
	email: string;
	externalLogin?: string;
	/** The address as it was given, where it had to be cleaned. */
	emailGiven?: string;
}

export interface OffboardingOptions {
	pages: Page[];
	/** Without it team members are not looked at. */
	organizationId: string;
	viewers: 'delete' | 'removeAccess';
	teamMembers: 'delete' | 'removePermissions' | 'leave';
	includesSubscriptions: boolean;
}

/** What one page holds of the leavers. */
interface PageHoldings extends PageSnapshot {
	subscribers: Subscriber[];
}

export interface OffboardingPlan {
	changes: SourcedChange[];
	/** Everybody who was seen: of them the plan may take something from a few only. */
	peopleInScope: number;
	pages: Map<string, PageHoldings>;
	teamMembers: number;
}

function isMeant({ email, externalLogin }: Leaver, viewer: Pick<Viewer, 'email' | 'external_login'>): boolean {
	return isSameEmail(viewer.email, email) || (Boolean(externalLogin) && viewer.external_login === externalLogin);
}

/** One leaver is asked for; several are looked for in the lists. */
function asksOne(leavers: Leaver[]): Leaver | undefined {
	const [first] = leavers;
	return leavers.length === 1 && !first.externalLogin ? first : undefined;
}

async function allWith(api: StatuspageApi, pageId: string, email: string, lookUp?: LookUp): Promise<Viewer[]> {
	return [...(await viewersWith(api, pageId, [email], lookUp)).values()].flat();
}

async function readPage(api: StatuspageApi, page: Page, leavers: Leaver[], { includesSubscriptions }: OffboardingOptions): Promise<PageHoldings> {
	const ids = { pageId: page.id };
	const one = asksOne(leavers);
	const [viewers, groups, subscribers] = await Promise.all([
		one ? await allWith(api, page.id, one.email) : api.list('listViewers', ids, { isExact: true }),
		api.list('listViewerGroups', ids, { isExact: true }),
		includesSubscriptions ? api.list('listSubscribers', ids, { isExact: true, query: { state: 'all', ...(one ? { q: one.email } : {}) } }) : [],
	]);
	return { page: { id: page.id, name: page.name }, viewers, groups, components: [], componentsOf: new Map(), metricsOf: new Map(), names: new Map(groups.map(({ id, name }) => [id, name])), subscribers };
}

/** A row can slip through a list while it is read: whoever seems to hold nothing is asked for once more. */
async function confirmAbsence(api: StatuspageApi, pages: PageHoldings[], leavers: Leaver[]): Promise<void> {
	if (asksOne(leavers)) return;
	const missing = leavers.filter((leaver) => !pages.some(({ viewers }) => viewers.some((viewer) => isMeant(leaver, viewer))));
	for (const { email } of missing) {
		for (const { page, viewers } of pages) {
			viewers.push(...(await allWith(api, page.id, email, 'quick')));
		}
	}
}

function singleSignOnNote(groups: ViewerGroup[], groupIds: Set<string>): string | undefined {
	const names = groups.filter(({ id, external_identifier }) => groupIds.has(id) && external_identifier).map(({ name }) => name);
	return names.length > 0 ? `Single sign-on sets the members of ${names.join(', ')}: end the account in the identity provider as well` : undefined;
}

function changesOfViewer(holdings: PageHoldings, viewer: Viewer, leaver: Leaver, { viewers: how }: OffboardingOptions): SourcedChange[] {
	const { page, groups, componentsOf } = holdings;
	const groupIds = memberships(holdings).get(viewer.id) ?? new Set<string>();
	const about = { page: page.id, email: nameOf(viewer), objectId: viewer.id, items: [leaver.item] };
	const note = singleSignOnNote(groups, groupIds);
	const noted = note ? { note } : {};
	if (how === 'delete') return [{ ...about, action: 'deleteViewer', before: viewerFacts(viewer, groupIds, holdings.componentsOf.get(viewer.id) ?? [], holdings.metricsOf.get(viewer.id) ?? []), after: null, ...noted }];
	const name = (id: string) => groups.find((group) => group.id === id)?.name ?? id;
	const held = [...(componentsOf.get(viewer.id) ?? [])].sort();
	return [
		...[...groupIds].map((groupId): SourcedChange => {
			const facts = { groupId, groupName: name(groupId) };
			return { ...about, action: 'removeFromGroup', before: { ...facts, isMember: true }, after: { ...facts, isMember: false }, ...noted };
		}),
		...(held.length > 0 ? [{ ...about, action: 'setComponents' as const, before: { componentIds: held }, after: { componentIds: [] } }] : []),
	];
}

async function changesOfMember(api: StatuspageApi, member: TeamMember, leaver: Leaver, { teamMembers, organizationId, pages }: OffboardingOptions): Promise<SourcedChange[]> {
	const about = { email: member.email, objectId: member.id, items: [leaver.item] };
	if (teamMembers === 'delete') {
		const note = 'Their permissions on all pages go with it. Organizations with Atlassian accounts manage members there instead';
		return [{ ...about, action: 'deleteTeamMember', page: null, before: { email: member.email }, after: null, note }];
	}
	const held = await getPermissions(api, { organizationId, teamMemberId: member.id });
	return [...held]
		.filter(([pageId]) => pages.some(({ id }) => id === pageId))
		.map(([pageId, roles]) => ({ ...about, action: 'setPermissions', page: pageId, before: roleFacts(pageId, roles), after: roleFacts(pageId, undefined) }));
}

/** Finds everything that people hold, on all pages and in the organization. Only reads. */
export async function planOffboarding(api: StatuspageApi, leavers: Leaver[], options: OffboardingOptions): Promise<OffboardingPlan> {
	const { organizationId, teamMembers, viewers: how } = options;
	const pages: PageHoldings[] = [];
	for (const page of options.pages) pages.push(await readPage(api, page, leavers, options));
	await confirmAbsence(api, pages, leavers);
	const members = organizationId && teamMembers !== 'leave' ? await api.list('listTeamMembers', { organizationId }, { isExact: true }) : [];
	const changes: SourcedChange[] = [];
	for (const leaver of leavers) {
		const before = changes.length;
		for (const holdings of pages) {
			const found = holdings.viewers.filter((viewer) => isMeant(leaver, viewer));
			for (const viewer of found) {
				if (how === 'removeAccess') {
					const rows = await api.list('listViewerComponents', { pageId: holdings.page.id, viewerId: viewer.id }, { isExact: true });
					holdings.componentsOf.set(viewer.id, rows.map(({ id }) => id));
				}
				changes.push(...changesOfViewer(holdings, viewer, leaver, options));
			}
			const subscriptions = holdings.subscribers.filter(({ email, page_access_user_id }) => isSameEmail(email, leaver.email) || found.some(({ id }) => id === page_access_user_id));
			for (const { id, email, mode } of subscriptions) {
				changes.push({ action: 'deleteSubscriber', page: holdings.page.id, email: leaver.email, objectId: id, before: { email: email ?? null, mode }, after: null, items: [leaver.item] });
			}
		}
		for (const member of members) if (isSameEmail(member.email, leaver.email)) changes.push(...(await changesOfMember(api, member, leaver, options)));
		const notes = [
			...(changes.length === before ? [`No access found on ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}. All viewers were read`] : []),
			...(organizationId || teamMembers === 'leave' ? [] : ['Team membership was not looked at, because the credential has no organization ID']),
		];
		if (notes.length > 0) changes.push({ action: 'unchanged', page: null, email: leaver.email, objectId: null, before: null, after: null, note: notes.join('. '), items: [leaver.item] });
		const { emailGiven } = leaver;
		if (emailGiven !== undefined) changes.splice(before, Infinity, ...changes.slice(before).map((change) => ({ ...change, emailGiven })));
	}
	const seen = new Set([...pages.flatMap(({ viewers, subscribers }) => [...viewers, ...subscribers]), ...members].map(({ email, id }) => emailKey(email ?? id)));
	return { changes, peopleInScope: seen.size, pages: new Map(pages.map((holdings) => [holdings.page.id, holdings])), teamMembers: members.length };
}
