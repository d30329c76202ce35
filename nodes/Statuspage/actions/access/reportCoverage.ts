import type { Page } from '../../../services/statuspage/endpoints';
import { counted } from '../../../services/statuspage/plans/report/reportFacts';
import type { Coverage } from '../../../services/statuspage/plans/report/reportFindings';
import type { ReportQuestion, ReportSource } from './reportSource';

interface Asked extends ReportQuestion {
	/** All pages of the API key. */
	allPages: Page[];
	/** Those that the report is about. */
	chosenPages: Page[];
	isQuick: boolean;
	/** Why team members were left out. */
	withoutTeam?: string;
}

/** What was read and what was not, as lines for people. */
export function coverageOf({ pages, members }: ReportSource, asked: Asked): Coverage {
	const { emails, hasDirect, hasTeam, allPages, chosenPages, isQuick, withoutTeam } = asked;
	const own = hasDirect ? ', own components of these viewers' : '';
	const people = (found: number) =>
		isQuick
			? `${counted(found, 'viewer')} found by the search for emails, not the whole list`
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
			...withoutComponents.map(({ name }) => `Page ${name}: the components, of which none was asked for`),
			...(hasTeam
				? [
						emails
							? `The list of team members: ${members.length} with these emails, with their roles`
							: `${counted(members.length, 'team member')} with their roles`,
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
			'Whether the pages are audience-specific: on other pages, viewers have no effect',
		],
	};
}
