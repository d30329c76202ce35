import type { Page } from '../../../services/statuspage/endpoints';
import { counted } from '../../../services/statuspage/plans/report/reportFacts';
import type { Coverage } from '../../../services/statuspage/plans/report/reportFindings';
import type { ReportOptions, ReportSource } from './reportSource';

interface CoverageOptions extends ReportOptions {
	/** All pages of the API key. */
	allPages: Page[];
	/** Pages that the report covers. */
	chosenPages: Page[];
	isQuick: boolean;
	/** The reason why team members were left out. */
	teamOmittedReason?: string;
}

/** Lists that were read and lists that were not, as readable lines. */
export function reportCoverage({ pages, members }: ReportSource, asked: CoverageOptions): Coverage {
	const { emails, hasDirect, hasTeam, allPages, chosenPages, isQuick, teamOmittedReason: withoutTeam } = asked;
	const own = hasDirect ? ', own components of these viewers' : '';
	const people = (found: number) =>
		isQuick
			? `${counted(found, 'viewer')} found by email search (the whole list was not read)`
			: `${counted(found, 'viewer')} with these emails`;
	const withoutComponents = chosenPages.filter(({ id }) => !pages.some(({ page }) => page.id === id));
	const otherPages = allPages.filter(({ id }) => !chosenPages.some((page) => page.id === id));
	const names = (list: Page[]) => list.map(({ name }) => name).join(', ');
	return {
		lookedAt: [
			...pages.map(({ page, viewers, groups, components }) => {
				const viewerPart = emails ? people(viewers.length) : counted(viewers.length, 'viewer');
				return `Page ${page.name}: ${viewerPart}, ${counted(groups.length, 'viewer group')}, ${counted(components.length, 'component')}${own}`;
			}),
			...withoutComponents.map(({ name }) => `Page ${name}: components (none of them selected)`),
			...(hasTeam
				? [
						emails
							? `Team member list: ${members.length} with these emails, with roles`
							: `${counted(members.length, 'team member')} with roles`,
					]
				: []),
		],
		notLookedAt: [
			...(otherPages.length > 0
				? [`${counted(otherPages.length, 'other page')} of this API key: ${names(otherPages)}`]
				: []),
			...(hasDirect ? [] : ["Own components of viewers ('Own Components' is off)"]),
			...(hasTeam ? [] : [`Team members (${withoutTeam})`]),
			'Metrics of viewers and viewer groups',
			'Subscriptions',
			'Whether the pages are audience-specific (viewers have no effect on other pages)',
		],
	};
}
