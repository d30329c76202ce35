import { plainName } from '../changeText';
import { joinNames } from '../joinNames';
import type { Findings, PageFindings } from './findings';
import { leaverName, type Leaver } from './leavers';
import type { OffboardingOptions } from './offboardingPlan';

interface Named {
	id: string;
	name: string;
}

/** "page A" or "pages A, B and C". Pages with the same name are shown with their IDs. */
export function pageNames(pages: Named[]): string {
	const counts = new Map<string, number>();
	for (const { name } of pages) counts.set(name, (counts.get(name) ?? 0) + 1);
	const names = pages.map(({ id, name }) =>
		(counts.get(name) ?? 0) > 1 ? `${plainName(name)} (${id})` : plainName(name),
	);
	return `page${pages.length === 1 ? '' : 's'} ${joinNames(names)}`;
}

/** Describes which lists a plan checked and which not, for the whole plan and for each leaver. */
export class OffboardingEvidence {
	/** Lists that were checked, e.g. "all viewers and viewer groups of pages A and B". */
	readonly lookedAt: string[];
	/** Lists that were not checked, with the reason unless an option is off, e.g. "team members, because the credential has no organization ID". */
	readonly notLookedAt: string[];
	readonly #uncheckedForAll: string[];
	readonly #pageIds: Set<string>;

	constructor(
		{ pages, members }: Findings,
		leavers: Leaver[],
		private readonly options: OffboardingOptions,
	) {
		const { otherPages = [], includesSubscriptions } = options;
		this.#pageIds = new Set([...pages.map(({ page }) => page.id), ...otherPages.map(({ id }) => id)]);
		this.lookedAt = this.#lookedAt(pages, leavers);
		this.#uncheckedForAll = [
			...(otherPages.length > 0
				? [`${pageNames(otherPages)}, because 'Pages' does not include ${otherPages.length === 1 ? 'it' : 'them'}`]
				: []),
			...(this.isTeamRead
				? []
				: [
						`team members, because ${options.teamMembers === 'leave' ? "'Team Members' is set to 'Do Not Check'" : 'the credential has no organization ID'}`,
					]),
			...(includesSubscriptions ? [] : ['subscriptions']),
		];
		const hidden = members.flatMap(({ permissions }) => this.#hiddenPages(permissions.keys()));
		const withoutEmail = leavers.some(({ email }) => email === '')
			? this.#byEmailOnly.map((part) => `${part} of leavers without an email`)
			: [];
		this.notLookedAt = [...this.#uncheckedForAll, ...withoutEmail, ...new Set(hidden)];
	}

	get isTeamRead(): boolean {
		return this.options.organizationId !== '' && this.options.teamMembers !== 'leave';
	}

	/** The sentence about a leaver without any record. */
	nothingFound(leaver: Leaver): string {
		const notLookedAt = this.#uncheckedFor(leaver, []);
		// Subscriptions do not grant access. Any other list that was not read could contain access.
		const hasReadAll = notLookedAt.every((part) => part === 'subscriptions');
		const isMemberSought = this.isTeamRead && leaver.email !== '';
		const finding = hasReadAll
			? 'No access found'
			: isMemberSought
				? 'No viewer or team member found'
				: 'No viewer found';
		return [
			`${finding} for ${leaverName(leaver)}. Checked: ${this.lookedAt.join(', ')}.`,
			this.#sentence('Not checked', notLookedAt),
		].join('');
	}

	/**
	 * The sentence about the lists that were not checked for a leaver with changes.
	 *
	 * @param permittedPages IDs of the pages that the leaver manages
	 * @returns undefined if everything was checked
	 */
	notChecked(leaver: Leaver, permittedPages: Iterable<string>): string | undefined {
		const parts = this.#uncheckedFor(leaver, permittedPages);
		return parts.length === 0 ? undefined : this.#sentence(`Not checked for ${leaverName(leaver)}`, parts).trim();
	}

	#sentence(start: string, parts: string[]): string {
		return parts.length === 0 ? '' : ` ${start}: ${parts.join('; ')}.`;
	}

	#lookedAt(pages: PageFindings[], leavers: Leaver[]): string[] {
		const listedPages = pages.filter(({ isSearched }) => !isSearched).map(({ page }) => page);
		const searchedPages = pages.filter(({ isSearched }) => isSearched).map(({ page }) => page);
		return [
			...(listedPages.length > 0 ? [`all viewers and viewer groups of ${pageNames(listedPages)}`] : []),
			...(searchedPages.length > 0
				? [`viewers with this email in any case and all viewer groups of ${pageNames(searchedPages)}`]
				: []),
			...(this.isTeamRead && leavers.some(({ email }) => email !== '') ? ['all team members'] : []),
			...(this.options.includesSubscriptions && pages.length > 0
				? [`all subscriptions of ${pageNames(pages.map(({ page }) => page))}`]
				: []),
		];
	}

	/** Records that can only be found by email. */
	get #byEmailOnly(): string[] {
		return [
			...(this.isTeamRead ? ['team membership'] : []),
			...(this.options.includesSubscriptions ? ['email subscriptions'] : []),
		];
	}

	#hiddenPages(pageIds: Iterable<string>): string[] {
		return [...pageIds]
			.filter((id) => !this.#pageIds.has(id))
			.map((id) => `viewers of page ${id}, because this API key cannot see the page`);
	}

	#uncheckedFor({ email }: Leaver, permittedPages: Iterable<string>): string[] {
		return [
			...this.#uncheckedForAll,
			...(email === '' ? this.#byEmailOnly.map((part) => `${part}, because no email was given`) : []),
			...this.#hiddenPages(permittedPages),
		];
	}
}
