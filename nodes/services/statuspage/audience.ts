import { Failure, hasStatus, asError } from '../../shared/http/failures';
import type { PublicAnswer } from '../../shared/http/readWithoutKey';
import type { StatuspageApi } from './statuspageApi';
import type { Page } from './endpoints';
import { readStatusFeed } from './publicApi/readStatusFeed';

/** The signs of a page's type. The service has no field that shows whether a page is audience-specific. */
export interface Signs {
	onlyTeamMembers: boolean;
	/** The list of viewers. */
	viewers: 'some' | 'none' | 'unknown';
	/** The page's public status feed, read without a login. */
	feed: 'open' | 'closed' | 'unknown';
}

export interface Audience {
	/** Null when nothing seen decides it. */
	isAudienceSpecific: boolean | null;
	/** Never certain: no sign is documented as one. */
	sureness: 'likely' | 'unknown';
	/** One sentence per sign. */
	evidence: string[];
	/** The result in one sentence. */
	summary: string;
}

const SEEN = {
	viewers: {
		some: 'The page has viewers',
		none: 'The page has no viewers',
		unknown: 'Statuspage did not return the viewers of the page',
	},
	feed: {
		open: 'The public status feed of the page can be read without a login',
		closed: 'The public status feed of the page needs a login',
		unknown: 'The public status feed of the page could not be read',
	},
};

function decide({ onlyTeamMembers, viewers, feed }: Signs): boolean | null {
	if (feed === 'open' || onlyTeamMembers) return false;
	return feed === 'closed' && viewers === 'some' ? true : null;
}

export function judge(signs: Signs, pageName: string): Audience {
	const isAudienceSpecific = decide(signs);
	const evidence = [
		SEEN.feed[signs.feed],
		SEEN.viewers[signs.viewers],
		...(signs.onlyTeamMembers ? ['The page is private. Only team members can see it'] : []),
	];
	const verdict =
		isAudienceSpecific === null
			? `Nothing shows whether ${pageName} is audience-specific`
			: `${pageName} is probably ${isAudienceSpecific ? '' : 'not '}audience-specific`;
	const effect = isAudienceSpecific === false ? ', so viewers and viewer groups have no effect on it' : '';
	return {
		isAudienceSpecific,
		sureness: isAudienceSpecific === null ? 'unknown' : 'likely',
		evidence,
		summary: `${verdict}${effect}. ${evidence.join('. ')}`,
	};
}

/** A sign-in page, at its usual addresses. */
const LOGIN = /\b(log|sign)[-_]?in\b|\b(sso|saml|oauth2?)\b/i;

/**
 * Only an answer that asks for a login closes the feed. Others come from limits, proxies and moved pages.
 *
 * @param answer undefined where there was none
 */
export function feedSign(answer: PublicAnswer | undefined): Signs['feed'] {
	if (!answer) return 'unknown';
	const { status, body, location = '' } = answer;
	if (status === 200) return typeof body === 'object' && body !== null && 'status' in body ? 'open' : 'unknown';
	const isLogin = status >= 300 && status < 400 && LOGIN.test(location);
	return isLogin || status === 401 || status === 403 ? 'closed' : 'unknown';
}

async function feedOf(api: StatuspageApi, page: Page): Promise<Signs['feed']> {
	return feedSign(await readStatusFeed(api.connection, page));
}

async function viewersOf(api: StatuspageApi, pageId: string): Promise<Signs['viewers']> {
	try {
		return (await api.page('listViewers', { pageId }, 1, { size: 1 })).length > 0 ? 'some' : 'none';
	} catch (error) {
		// A key without this right, or another page type: nobody documents which.
		if (hasStatus(error, 403, 404, 422)) return 'unknown';
		throw asError(error);
	}
}

/** A page, read once per run. */
export async function pageById(api: StatuspageApi, pageId: string): Promise<Page> {
	return await api.cache.read(`page ${pageId}`, async () => await api.call('getPage', { pageId }));
}

/** Gathers the signs of a page's type, once per run: two requests with the key, one without. */
export async function readAudience(api: StatuspageApi, pageId: string): Promise<Audience> {
	return await api.cache.read(`audience ${pageId}`, async () => {
		const page = await pageById(api, pageId);
		const [viewers, feed] = await Promise.all([viewersOf(api, pageId), feedOf(api, page)]);
		return judge({ onlyTeamMembers: page.viewers_must_be_team_members === true, viewers, feed }, page.name);
	});
}

/** @throws Failure when the page is probably not audience-specific: what is written there has no effect */
export function requireAudience({ isAudienceSpecific, summary }: Audience): void {
	if (isAudienceSpecific !== false) return;
	throw new Failure({
		kind: 'invalid',
		message: summary,
		advice:
			"Nothing was written. Choose another page, or set the option 'Audience Check' to Warn or Off if you are sure",
	});
}
