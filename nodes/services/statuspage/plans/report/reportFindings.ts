import { emailKey } from '../../../../shared/client/matching';
import type { Breather } from '../../../../shared/http/breather';
import { viewerName } from '../viewerFacts';
import type { AccessRow, ReportInput, ReportPage } from './reportRows';
import { groupIdsByViewer, type PageSnapshot } from '../snapshot';

export interface Finding {
	kind: 'finding';
	finding:
		| 'viewerSeesNothing'
		| 'groupWithNobody'
		| 'groupWithoutComponents'
		| 'componentWithoutViewers'
		| 'teamMemberWithoutPages'
		| 'noAccessFound'
		| 'notFoundBySearch';
	/** True if the search found no viewer and the list was not read. */
	notFoundBySearch?: true;
	/** Empty if the finding applies to all pages. */
	pageId: string;
	page: string;
	/** The email of the person, or the name of the viewer group or component. */
	subject: string;
	subjectId: string;
	text: string;
}

/** Findings on one page. A report about selected components only contains findings about these. */
export async function findingsOf(
	page: ReportPage,
	rows: AccessRow[],
	input: ReportInput,
	breather: Breather,
): Promise<Finding[]> {
	const { hasDirect, isPartial = false, componentIds } = input;
	const about = { kind: 'finding', pageId: page.page.id, page: page.page.name } as const;
	const groupsOf = groupIdsByViewer(page);
	const findings: Finding[] = [];
	const withAccess = new Set<string>();
	const filled = new Set<string>();
	const seen = new Set<string>();
	for (const { personId, componentId } of rows) {
		await breather.breathe();
		withAccess.add(personId);
		seen.add(componentId);
	}
	for (const viewer of page.viewers) {
		await breather.breathe();
		const groups = groupsOf.get(viewer.id) ?? new Set();
		for (const id of groups) filled.add(id);
		if (!hasDirect || componentIds || withAccess.has(viewer.id)) continue;
		const reason = groups.size > 0 ? 'the viewer groups have no components' : 'no viewer groups and no own components';
		findings.push({
			...about,
			finding: 'viewerSeesNothing',
			subject: viewerName(viewer),
			subjectId: viewer.id,
			text: `This viewer has no access: ${reason}`,
		});
	}
	if (isPartial) return findings;
	const shows = (ids: readonly string[]) => (componentIds ? ids.some((id) => componentIds.has(id)) : true);
	for (const { id, name, component_ids } of page.groups) {
		if (filled.has(id) || !shows(component_ids ?? [])) continue;
		findings.push({
			...about,
			finding: 'groupWithNobody',
			subject: name,
			subjectId: id,
			text: 'This viewer group has no viewers',
		});
	}
	for (const { id, name, component_ids } of componentIds ? [] : page.groups) {
		if ((component_ids ?? []).length > 0) continue;
		findings.push({
			...about,
			finding: 'groupWithoutComponents',
			subject: name,
			subjectId: id,
			text: 'This viewer group has no components',
		});
	}
	for (const { id, name } of hasDirect && componentIds ? page.components : []) {
		if (!componentIds?.has(id) || seen.has(id)) continue;
		findings.push({
			...about,
			finding: 'componentWithoutViewers',
			subject: name,
			subjectId: id,
			text: 'No viewer has access to this component',
		});
	}
	return findings;
}

/** Findings for emails without a search result. The search may miss a viewer, so these people may still have access. */
export function notFoundBySearch(pages: PageSnapshot[], emails: string[]): Finding[] {
	return pages.flatMap(({ page, viewers }) => {
		const found = new Set(viewers.map(({ email }) => emailKey(email)));
		return emails
			.filter((email) => !found.has(emailKey(email)))
			.map(
				(email): Finding => ({
					kind: 'finding',
					finding: 'notFoundBySearch',
					notFoundBySearch: true,
					pageId: page.id,
					page: page.name,
					subject: email,
					subjectId: '',
					text: 'The search found no viewer with this email. It may miss an email that is stored in a different case',
				}),
			);
	});
}

/** Lists that were checked for a report, and lists that were not. */
export interface Coverage {
	lookedAt: string[];
	notLookedAt: string[];
}

/**
 * One finding for each person without any row or finding, with the lists that were checked.
 *
 * @param known email keys of people with a row or finding
 * @param what the kind of access that was checked: "access" or "access to these components"
 */
export function noAccessFound(
	pages: PageSnapshot[],
	emails: string[],
	known: ReadonlySet<string>,
	what: string,
	{ lookedAt, notLookedAt }: Coverage,
): Finding[] {
	const viewersOf = pages.map(({ page, viewers }) => ({
		name: page.name,
		emails: new Set(viewers.map(({ email }) => emailKey(email))),
	}));
	const evidence = `Checked: ${lookedAt.join('; ')}. Not checked: ${notLookedAt.join('; ')}.`;
	return emails
		.filter((email) => !known.has(emailKey(email)))
		.map((email): Finding => {
			const places = viewersOf.filter((page) => page.emails.has(emailKey(email))).map(({ name }) => name);
			const isViewer = places.length > 0 ? ` This person is still a viewer on ${places.join(', ')}.` : '';
			return {
				kind: 'finding',
				finding: 'noAccessFound',
				pageId: '',
				page: '',
				subject: email,
				subjectId: '',
				text: `No ${what} found for ${email}.${isViewer} ${evidence}`,
			};
		});
}
