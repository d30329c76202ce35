import { listed, plainName } from '../changeText';
import type { Findings, PageFindings } from './findings';
import { whoIs, type Leaver } from './leavers';
import type { OffboardingOptions } from './offboardingPlan';

interface Named {
	id: string;
	name: string;
}

/** "page A", "pages A, B and C". Two pages of one name show their IDs too. */
export function pageNames(pages: Named[]): string {
	const counts = new Map<string, number>();
	for (const { name } of pages) counts.set(name, (counts.get(name) ?? 0) + 1);
	const names = pages.map(({ id, name }) =>
		(counts.get(name) ?? 0) > 1 ? `${plainName(name)} (${id})` : plainName(name),
	);
	return `page${pages.length === 1 ? '' : 's'} ${listed(names)}`;
}

/** What a plan looked at, and what not: for the plan as a whole, and in the sentences about one leaver. */
export class OffboardingEvidence {
	/** Parts of a sentence: "all viewers and viewer groups of pages A and B". */
	readonly lookedAt: string[];
	/** The same, with the reason where it is not an option that is off: "team members, because the credential has no organization ID". */
	readonly notLookedAt: string[];
	readonly #forAll: string[];
	readonly #pageIds: Set<string>;

	constructor(
		{ pages, members }: Findings,
		leavers: Leaver[],
		private readonly options: OffboardingOptions,
	) {
		const { otherPages = [], includesSubscriptions } = options;
		this.#pageIds = new Set([...pages.map(({ page }) => page.id), ...otherPages.map(({ id }) => id)]);
		this.lookedAt = this.#lookedAt(pages, leavers);
		this.#forAll = [
			...(otherPages.length > 0
				? [`${pageNames(otherPages)}, because the option 'Pages' leaves ${otherPages.length === 1 ? 'it' : 'them'} out`]
				: []),
			...(this.isTeamRead
				? []
				: [
						`team members, because ${options.teamMembers === 'leave' ? "'Team Members' is set to Leave" : 'the credential has no organization ID'}`,
					]),
			...(includesSubscriptions ? [] : ['subscriptions']),
		];
		const hidden = members.flatMap(({ permissions }) => this.#hiddenPages(permissions.keys()));
		const withoutEmail = leavers.some(({ email }) => email === '')
			? this.#byEmailOnly.map((part) => `${part} of leavers without an email`)
			: [];
		this.notLookedAt = [...this.#forAll, ...withoutEmail, ...new Set(hidden)];
	}

	get isTeamRead(): boolean {
		return this.options.organizationId !== '' && this.options.teamMembers !== 'leave';
	}

	/** About a leaver of whom nothing was found. */
	nothingFound(leaver: Leaver): string {
		const notLookedAt = this.#notLookedAtFor(leaver, []);
		// Subscriptions give no access. Everything else that was not read could.
		const hasReadAll = notLookedAt.every((part) => part === 'subscriptions');
		const isMemberSought = this.isTeamRead && leaver.email !== '';
		const finding = hasReadAll
			? 'No access found'
			: isMemberSought
				? 'No viewer or team member found'
				: 'No viewer found';
		return [
			`${finding} for ${whoIs(leaver)}. Looked at: ${this.lookedAt.join(', ')}.`,
			this.#sentence('Not looked at', notLookedAt),
		].join('');
	}

	/**
	 * About a leaver with changes.
	 *
	 * @param permittedPages IDs of the pages that the leaver manages
	 * @returns undefined when everything was looked at
	 */
	remainder(leaver: Leaver, permittedPages: Iterable<string>): string | undefined {
		const parts = this.#notLookedAtFor(leaver, permittedPages);
		return parts.length === 0 ? undefined : this.#sentence(`Not looked at for ${whoIs(leaver)}`, parts).trim();
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

	/** What can be found by email only. */
	get #byEmailOnly(): string[] {
		return [
			...(this.isTeamRead ? ['team membership'] : []),
			...(this.options.includesSubscriptions ? ['email subscriptions'] : []),
		];
	}

	#hiddenPages(pageIds: Iterable<string>): string[] {
		return [...pageIds]
			.filter((id) => !this.#pageIds.has(id))
			.map((id) => `viewers of page ${id}, because this API key does not list the page`);
	}

	#notLookedAtFor({ email }: Leaver, permittedPages: Iterable<string>): string[] {
		return [
			...this.#forAll,
			...(email === '' ? this.#byEmailOnly.map((part) => `${part}, because no email was given`) : []),
			...this.#hiddenPages(permittedPages),
		];
	}
}
