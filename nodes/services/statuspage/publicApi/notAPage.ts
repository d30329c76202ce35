import { isObject } from '../../../shared/client/answer';

export interface Finding {
	/** What was found, without a full stop. */
	message: string;
	advice: string;
}

const NOT_HOSTED = 'Only pages that are hosted on Atlassian Statuspage can be read';

/** incident.io and others give objects such IDs, with 26 characters. Those of Statuspage have 12. */
const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/i;
const STATUSPAGE_ID = /^[a-z\d]{12}$/;

/** The title of an HTML page, in quotes; empty if there is none. */
function titleOf(html: string): string {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1].replace(/\s+/g, ' ').trim() ?? '';
	return title === '' ? '' : ` ("${title.slice(0, 100)}")`;
}

function textFinding(host: string, text: string): Finding {
	if (text.trim() === '')
		return { message: `${host} returned an empty response instead of a status`, advice: NOT_HOSTED };
	if (/^\s*</.test(text))
		return {
			message: `${host} returned an HTML page${titleOf(text)} instead of a status`,
			advice: `The page is not hosted on Statuspage, or its status API is turned off. ${NOT_HOSTED}`,
		};
	return {
		message: `${host} returned text that is not valid JSON instead of a status`,
		advice: `Try again later. ${NOT_HOSTED}`,
	};
}

function isIncidentIo(page: unknown): boolean {
	return isObject(page) && typeof page.id === 'string' && ULID.test(page.id);
}

function isInstatus(body: Record<string, unknown>): boolean {
	return (isObject(body.page) && typeof body.page.status === 'string') || 'activeIncidents' in body;
}

/** Another format of a known vendor. */
function vendorOf(body: Record<string, unknown>): string | undefined {
	if (isInstatus(body)) return 'Instatus';
	if (isIncidentIo(body.page)) return 'incident.io';
	if ('cStateVersion' in body) return 'cState';
	if (isObject(body.data) && 'attributes' in body.data) return 'Better Stack';
	return undefined;
}

/** A page with another kind of ID and without a time zone: two signs of a copy of this API. */
function isCopy({ page }: Record<string, unknown>): boolean {
	return (
		isObject(page) && typeof page.id === 'string' && !STATUSPAGE_ID.test(page.id) && typeof page.time_zone !== 'string'
	);
}

/**
 * What an answer with status 200 shows instead of a Statuspage page; undefined if it shows nothing else. The format is not checked here.
 *
 * @param host for messages
 */
export function notAPage(host: string, body: unknown): Finding | undefined {
	if (typeof body === 'string' || body === undefined) return textFinding(host, body ?? '');
	if (!isObject(body)) return { message: `${host} returned JSON that is not a status`, advice: NOT_HOSTED };
	const vendor = vendorOf(body);
	if (vendor !== undefined) return { message: `${host} is hosted on ${vendor}, not on Statuspage`, advice: NOT_HOSTED };
	if (isCopy(body))
		return {
			message: `${host} is probably not hosted on Statuspage: its page ID has another format, and its time zone is missing`,
			advice: `Another vendor may copy the format of Statuspage. ${NOT_HOSTED}`,
		};
	if (!('page' in body) && Array.isArray(body.components))
		return {
			message: `${host} returned a list of components without a page`,
			advice: `Pages of incident.io for several regions do this. ${NOT_HOSTED}`,
		};
	return undefined;
}
