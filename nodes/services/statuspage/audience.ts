import { Failure, hasStatus, asError } from '../../shared/http/failures';
import type { PublicAnswer } from '../../shared/http/readWithoutKey';
import type { StatuspageApi } from './statuspageApi';
import type { Page } from './endpoints';
import { isLogin } from './publicApi/isLogin';
import { readStatusFeed } from './publicApi/readStatusFeed';

/** Signs of a page's type. The API has no field that shows whether a page is audience-specific. */
export interface Signs {
	onlyTeamMembers: boolean;
	/** Result of reading the list of viewers. */
	viewers: 'some' | 'none' | 'unknown';
	/** Result of reading the public status feed without a login. */
	feed: 'open' | 'closed' | 'unknown';
}

export interface Audience {
	/** Null if the signs do not show it. */
	isAudienceSpecific: boolean | null;
	/** Never certain, because no sign is documented by Statuspage. */
	sureness: 'likely' | 'unknown';
	/** One sentence per sign. */
	evidence: string[];
	/** The result in one sentence. */
	summary: string;
}

const EVIDENCE = {
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

export function evaluateSigns(signs: Signs, pageName: string): Audience {
	const isAudienceSpecific = decide(signs);
	const evidence = [
		EVIDENCE.feed[signs.feed],
		EVIDENCE.viewers[signs.viewers],
		...(signs.onlyTeamMembers ? ['The page is private. Only team members can see it'] : []),
	];
	const verdict =
		isAudienceSpecific === null
			? `It is unknown whether ${pageName} is audience-specific`
			: `${pageName} is probably ${isAudienceSpecific ? '' : 'not '}audience-specific`;
	const effect = isAudienceSpecific === false ? ', so viewers and viewer groups have no effect on it' : '';
	return {
		isAudienceSpecific,
		sureness: isAudienceSpecific === null ? 'unknown' : 'likely',
		evidence,
		summary: `${verdict}${effect}. ${evidence.join('. ')}`,
	};
}

/**
 * Only an answer that asks for a login shows that the feed is closed. Other answers can come from rate limits, proxies or moved pages.
 *
 * @param answer undefined if the feed did not answer
 */
export function feedSign(answer: PublicAnswer | undefined): Signs['feed'] {
	if (!answer) return 'unknown';
	const { status, body, location = '' } = answer;
	if (status === 200) return typeof body === 'object' && body !== null && 'status' in body ? 'open' : 'unknown';
	const asksForLogin = status >= 300 && status < 400 && isLogin(location);
	return asksForLogin || status === 401 || status === 403 ? 'closed' : 'unknown';
}

async function readFeed(api: StatuspageApi, page: Page): Promise<Signs['feed']> {
	return feedSign(await readStatusFeed(api.connection, page));
}

async function checkViewers(api: StatuspageApi, pageId: string): Promise<Signs['viewers']> {
	try {
		const [viewer] = await api.reads.run(async () => await api.page('listViewers', { pageId }, 1, { size: 1 }));
		return viewer ? 'some' : 'none';
	} catch (error) {
		// The key may lack this permission, or the page may be of another type. The API documentation does not say which.
		if (hasStatus(error, 403, 404, 422)) return 'unknown';
		throw asError(error);
	}
}

/** Reads a page, once per run. */
export async function pageById(api: StatuspageApi, pageId: string): Promise<Page> {
	return await api.cache.read(
		`page ${pageId}`,
		async () => await api.reads.run(async () => await api.call('getPage', { pageId })),
	);
}

/** Reads the signs of a page's type once per run, with two requests with the key and one without. */
export async function readAudience(api: StatuspageApi, pageId: string): Promise<Audience> {
	return await api.cache.read(`audience ${pageId}`, async () => {
		const page = await pageById(api, pageId);
		const [viewers, feed] = await Promise.all([checkViewers(api, pageId), readFeed(api, page)]);
		return evaluateSigns({ onlyTeamMembers: page.viewers_must_be_team_members === true, viewers, feed }, page.name);
	});
}

/** @throws Failure if the page is probably not audience-specific, because changes to its viewers have no effect */
export function requireAudience({ isAudienceSpecific, summary }: Audience): void {
	if (isAudienceSpecific !== false) return;
	throw new Failure({
		kind: 'invalid',
		message: summary,
		advice: "Nothing was changed. Choose another page, or set 'Audience Check' to 'Warn' or 'Off' if you are sure",
	});
}
