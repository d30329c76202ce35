import { isLoopback } from '../../shared/http/baseUrl';
import { Failure, hasStatus, passOn } from '../../shared/http/failures';
import { readWithoutKey } from '../../shared/http/readWithoutKey';
import type { StatuspageApi } from './client';
import type { Page } from './endpoints';

/** What can be seen of a page's kind. The service says nowhere whether a page is audience-specific. */
export interface Signs {
	onlyTeamMembers: boolean;
	/** The list of viewers. */
	viewers: 'some' | 'none' | 'refused';
	/** The page's public status feed, asked without a login. */
	feed: 'open' | 'closed' | 'unreachable';
}

export interface Audience {
	/** Null when nothing seen decides it. */
	isAudienceSpecific: boolean | null;
	/** Never certain: no sign is documented as one. */
	sureness: 'likely' | 'unknown';
	/** What was seen, in words. */
	evidence: string[];
	/** The result in one sentence. */
	summary: string;
}

const SEEN = {
	viewers: {
		some: 'The page has viewers',
		none: 'The page has no viewers yet',
		refused: 'Statuspage refuses to list viewers of the page',
	},
	feed: {
		open: 'The status feed of the page answers without a login',
		closed: 'The status feed of the page does not answer without a login',
		unreachable: 'The status feed of the page could not be reached from here',
	},
};

function decide({ onlyTeamMembers, viewers, feed }: Signs): boolean | null {
	if (feed === 'open' || onlyTeamMembers || viewers === 'refused') return false;
	return feed === 'closed' && viewers === 'some' ? true : null;
}

export function judge(signs: Signs, pageName: string): Audience {
	const isAudienceSpecific = decide(signs);
	const evidence = [
		SEEN.feed[signs.feed],
		SEEN.viewers[signs.viewers],
		...(signs.onlyTeamMembers ? ['The page is private: its settings let only team members see it'] : []),
	];
	const verdict =
		isAudienceSpecific === null
			? `It cannot be told whether ${pageName} is audience-specific`
			: `${pageName} is probably ${isAudienceSpecific ? '' : 'not '}audience-specific`;
	const effect = isAudienceSpecific === false ? ', so that viewers and groups have no effect on it' : '';
	return { isAudienceSpecific, sureness: isAudienceSpecific === null ? 'unknown' : 'likely', evidence, summary: `${verdict}${effect}. ${evidence.join('. ')}` };
}

/** Where everybody sees the page. A stand-in for the service stands in for its pages as well. */
function publicAddress(baseUrl: string, { subdomain, domain }: Page): string | undefined {
	if (isLoopback(baseUrl)) return `${new URL(baseUrl).origin}/public/${encodeURIComponent(String(subdomain))}`;
	const host = domain || (subdomain ? `${subdomain}.statuspage.io` : '');
	return /^[\w-]+(\.[\w-]+)+$/.test(host) ? `https://${host}` : undefined;
}

async function feedOf(api: StatuspageApi, page: Page): Promise<Signs['feed']> {
	const address = publicAddress(api.connection.baseUrl, page);
	const answer = address && (await readWithoutKey(api.connection, `${address}/api/v2/status.json`));
	if (!answer || answer.status >= 500) return 'unreachable';
	return answer.status === 200 && typeof answer.body === 'object' && answer.body !== null && 'status' in answer.body ? 'open' : 'closed';
}

async function viewersOf(api: StatuspageApi, pageId: string): Promise<Signs['viewers']> {
	try {
		return (await api.page('listViewers', { pageId }, 1, { size: 1 })).length > 0 ? 'some' : 'none';
	} catch (error) {
		if (hasStatus(error, 403, 404, 422)) return 'refused';
		throw passOn(error);
	}
}

/** A page, read once per run. */
export async function pageById(api: StatuspageApi, pageId: string): Promise<Page> {
	return await api.remember(`page ${pageId}`, async () => await api.call('getPage', { pageId }));
}

/** Gathers what there is to see of a page's kind, once a run; two requests with the key, one without. */
export async function checkAudience(api: StatuspageApi, pageId: string): Promise<Audience> {
	return await api.remember(`audience ${pageId}`, async () => {
		const page = await pageById(api, pageId);
		const [viewers, feed] = await Promise.all([viewersOf(api, pageId), feedOf(api, page)]);
		return judge({ onlyTeamMembers: page.viewers_must_be_team_members === true, viewers, feed }, page.name);
	});
}

/** @throws Failure when the page is probably not audience-specific: what is written there has no effect */
export function requireAudience({ isAudienceSpecific, summary }: Audience): void {
	if (isAudienceSpecific !== false) return;
	throw new Failure({
		kind: 'forbidden',
		message: summary,
		advice: "Nothing was written. Choose another page, or set the option 'Audience Check' to Warn or Off when you know better",
	});
}
