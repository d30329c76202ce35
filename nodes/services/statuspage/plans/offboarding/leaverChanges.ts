import type { Breather } from '../../../../shared/http/breather';
import { memberFacts, roleFacts } from '../apply/applyTeam';
import type { PlannedChange } from '../change';
import { plainName } from '../changeText';
import { joinNames } from '../joinNames';
import type { Findings, FoundMember, FoundSubscriber, FoundViewer, PageFindings } from './findings';
import { leaverName, type Leaver } from './leavers';
import { viewerName, viewerFacts } from '../viewerFacts';
import type { OffboardingOptions } from './offboardingPlan';
import { pageNames, type OffboardingEvidence } from './offboardingEvidence';
import type { SourcedChange } from '../sync/syncPlan';

type LeaverFields = Pick<SourcedChange, 'email' | 'objectId' | 'items' | 'emailGiven'>;

/** Fields of a change that come from the leavers of a record. */
function leaverFields(leavers: Leaver[], email: string, objectId: string | null): LeaverFields {
	const emailGiven = leavers.map((leaver) => leaver.emailGiven).find((given) => given !== undefined);
	const items = [...new Set(leavers.flatMap((leaver) => leaver.items))].sort((a, b) => a - b);
	return { email, objectId, items, ...(emailGiven === undefined ? {} : { emailGiven }) };
}

function unchanged(who: LeaverFields, page: { id: string; name: string } | null, evidence: string): SourcedChange {
	return {
		...who,
		action: 'unchanged',
		page: page?.id ?? null,
		...(page ? { pageName: page.name } : {}),
		before: null,
		after: null,
		evidence,
	};
}

function singleSignOnNote({ groups }: PageFindings, groupIds: ReadonlySet<string>): Pick<PlannedChange, 'note'> {
	const names = groups
		.filter(({ id, external_identifier }) => groupIds.has(id) && external_identifier)
		.map(({ name }) => plainName(name));
	if (names.length === 0) return {};
	return {
		note: `Single sign-on manages the members of viewer group${names.length === 1 ? '' : 's'} ${joinNames(names)}. Disable the account in the identity provider too`,
	};
}

function namesOf({ names }: PageFindings, ids: Iterable<string>): Record<string, string> {
	return Object.fromEntries([...ids].flatMap((id) => (names.has(id) ? [[id, names.get(id) as string]] : [])));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function viewerChanges(
	findings: PageFindings,
	{ viewer, leavers, groupIds, componentIds, metricIds }: FoundViewer,
	how: OffboardingOptions['viewers'],
): SourcedChange[] {
	const { page } = findings;
	const who = leaverFields(leavers, viewerName(viewer), viewer.id);
	const base = { ...who, page: page.id, pageName: page.name };
	if (how === 'delete') {
		const names = namesOf(findings, [...groupIds, ...componentIds, ...metricIds]);
		return [
			{
				...base,
				action: 'deleteViewer',
				before: viewerFacts(viewer, groupIds, componentIds, metricIds),
				after: null,
				names,
				...singleSignOnNote(findings, groupIds),
			},
		];
	}
	const removals = [...groupIds].sort(compareText).map((groupId): SourcedChange => {
		const facts = { groupId, groupName: findings.names.get(groupId) ?? groupId };
		const note = singleSignOnNote(findings, new Set([groupId]));
		return {
			...base,
			action: 'removeFromGroup',
			before: { ...facts, isMember: true },
			after: { ...facts, isMember: false },
			names: namesOf(findings, [groupId]),
			...note,
		};
	});
	const own = [...componentIds, ...metricIds];
	if (own.length > 0) {
		const hasMetrics = metricIds.length > 0;
		const before = { componentIds, ...(hasMetrics ? { metricIds } : {}) };
		const after = { componentIds: [], ...(hasMetrics ? { metricIds: [] } : {}) };
		removals.push({ ...base, action: 'setComponents', before, after, names: namesOf(findings, own) });
	}
	if (removals.length > 0) return removals;
	return [
		unchanged(
			who,
			page,
			`Viewer ${plainName(viewerName(viewer))} on page ${plainName(page.name)} has no access. The viewer is kept.`,
		),
	];
}

function subscriptionChange({ page }: PageFindings, { subscriber, leavers, viewer }: FoundSubscriber): SourcedChange {
	const { id, mode, email, page_access_user_id } = subscriber;
	const name =
		leavers.map((leaver) => leaver.email).find((address) => address !== '') ??
		(viewer ? viewerName(viewer) : leaverName(leavers[0]));
	const before = { mode, email: email ?? null, page_access_user_id: page_access_user_id ?? null };
	return {
		...leaverFields(leavers, name, id),
		action: 'deleteSubscriber',
		page: page.id,
		pageName: page.name,
		before,
		after: null,
	};
}

function memberChanges(
	{ member, leavers, permissions }: FoundMember,
	{ teamMembers, organizationId, pages, otherPages }: OffboardingOptions,
): SourcedChange[] {
	const who = leaverFields(leavers, member.email, member.id);
	const pageName = new Map([...pages, ...(otherPages ?? [])].map(({ id, name }) => [id, name]));
	const names = (ids: string[]) =>
		Object.fromEntries(ids.flatMap((id) => (pageName.has(id) ? [[id, pageName.get(id) as string]] : [])));
	if (teamMembers === 'delete') {
		const note =
			'The permissions on all pages are also deleted. If team members have Atlassian accounts, they are managed there instead';
		return [
			{
				...who,
				action: 'deleteTeamMember',
				page: null,
				organizationId,
				before: memberFacts(member, permissions),
				after: null,
				names: names([...permissions.keys()]),
				note,
			},
		];
	}
	const isChosen = (pageId: string) => otherPages === undefined || pages.some(({ id }) => id === pageId);
	const held = [...permissions.keys()];
	const remaining = held.filter((pageId) => !isChosen(pageId));
	const changes = held.filter(isChosen).map(
		(pageId): SourcedChange => ({
			...who,
			action: 'setPermissions',
			page: pageId,
			pageName: pageName.get(pageId) ?? pageId,
			organizationId,
			before: roleFacts(pageId, permissions.get(pageId)),
			after: roleFacts(pageId, undefined),
			names: names([pageId]),
		}),
	);
	if (held.length === 0)
		changes.push(
			unchanged(who, null, `Team member ${plainName(member.email)} has no permissions. The team member is kept.`),
		);
	if (remaining.length > 0) {
		const places = pageNames(remaining.map((id) => ({ id, name: pageName.get(id) ?? id })));
		changes.push(
			unchanged(
				who,
				null,
				`Team member ${plainName(member.email)} keeps access to ${places}, because 'Pages' does not include ${remaining.length === 1 ? 'it' : 'them'}.`,
			),
		);
	}
	return changes;
}

/** The changes of one leaver, and data for the evidence. */
interface LeaverPlan {
	changes: SourcedChange[];
	/** True if a record was found, even if its changes belong to another leaver. */
	hasAny: boolean;
	/** IDs of the pages that the leaver manages. */
	permittedPages: string[];
}

/** The changes for all records, sorted by leaver and each record once, with the evidence for each leaver. */
export async function leaverChanges(
	findings: Findings,
	leavers: Leaver[],
	options: OffboardingOptions,
	evidence: OffboardingEvidence,
	breather: Breather,
): Promise<SourcedChange[]> {
	const plan = new Map(
		leavers.map((leaver): [Leaver, LeaverPlan] => [leaver, { changes: [], hasAny: false, permittedPages: [] }]),
	);
	const of = (leaver: Leaver) => plan.get(leaver) as LeaverPlan;
	const add = async (owners: Leaver[], changes: SourcedChange[]) => {
		await breather.breathe();
		for (const leaver of owners) of(leaver).hasAny = true;
		of(owners[0]).changes.push(...changes);
	};
	for (const page of findings.pages) {
		for (const record of page.found.values()) await add(record.leavers, viewerChanges(page, record, options.viewers));
		for (const subscription of page.subscriptions)
			await add(subscription.leavers, [subscriptionChange(page, subscription)]);
	}
	for (const member of findings.members) {
		await add(member.leavers, memberChanges(member, options));
		for (const leaver of member.leavers) of(leaver).permittedPages.push(...member.permissions.keys());
	}
	const all: SourcedChange[] = [];
	for (const [leaver, { changes, hasAny, permittedPages }] of plan) {
		await breather.breathe();
		for (const change of changes) all.push(change);
		const text = hasAny ? evidence.notChecked(leaver, permittedPages) : evidence.nothingFound(leaver);
		if (text !== undefined)
			all.push(unchanged(leaverFields([leaver], leaver.email || leaver.externalLogins.join(', '), null), null, text));
	}
	return all;
}
