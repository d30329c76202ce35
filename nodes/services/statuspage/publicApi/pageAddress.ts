import { parsedUrl } from '../../../shared/http/parsedUrl';
import { isLoopback } from '../../../shared/http/baseUrl';

/** A checked address of a public page. */
export interface PageAddress {
	/** Without a trailing slash, e.g. https://status.example.com. */
	url: string;
	/** For messages, e.g. status.example.com. */
	host: string;
	/** The page that must answer, where the address named it. */
	pageId?: string;
}

/** An address that is not read. Its message continues the label of the field: "must start with https://". */
export class InvalidAddress extends Error {
	constructor(
		problem: string,
		readonly advice: string,
	) {
		super(problem);
	}
}

const EXAMPLES = 'Enter the address of the status page, e.g. status.example.com or northwind.statuspage.io';

/** Blanks, and characters without width that copying leaves at the ends. */
const ENDS = /^[\s\u200B-\u200F\u2060\uFEFF\u00AD]+|[\s\u200B-\u200F\u2060\uFEFF\u00AD]+$/gu;
const SCHEME = /^[a-z][a-z\d+.-]*:(?=[\\/])/i;
const IPV4 = /^\d+(\.\d+){3}$/;
const LABEL = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/;
const PAGE_ID = /^[a-z\d]{12}$/;
const STATUSPAGE = 'statuspage.io';
/** Hosts of Statuspage that are no page. */
const NO_PAGES = [STATUSPAGE, 'www.statuspage.io', 'api.statuspage.io', 'manage.statuspage.io'];

function shown(text: string): string {
	return `"${text.length > 100 ? `${text.slice(0, 100)}…` : text}"`;
}

/** The text without blanks at its ends, and without the signs that chats and mails put around a link. */
function withoutSigns(value: string): string {
	const text = value.replace(ENDS, '');
	const inner = /^<([^<>]*)>$/.exec(text)?.[1];
	// Slack writes <address|text>.
	return inner === undefined ? text : inner.replace(/\|.*$/s, '').replace(ENDS, '');
}

function parsed(text: string): URL {
	if (/\s/.test(text)) throw new InvalidAddress(`is ${shown(text)}, which contains a blank`, EXAMPLES);
	const target = SCHEME.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
	const url = parsedUrl(target);
	if (!url) throw new InvalidAddress(`is ${shown(text)}, which is not an address`, EXAMPLES);
	return url;
}

/** A page of the simulator, with the path in front of /api/v2. */
function loopbackAddress(url: URL): PageAddress {
	const prefix = url.pathname.replace(/\/api\/v2(\/.*)?$/, '').replace(/\/+$/, '');
	return { url: `${url.origin}${prefix}`, host: `${url.host}${prefix}` };
}

function requireHost(host: string, text: string): void {
	if (IPV4.test(host) || host.startsWith('['))
		throw new InvalidAddress(`is ${shown(text)}, which is an IP address`, EXAMPLES);
	if (host === 'localhost' || host.endsWith('.localhost'))
		throw new InvalidAddress(`is ${shown(text)}, which is the machine of n8n itself`, EXAMPLES);
	if (!host.includes('.')) throw new InvalidAddress(`is ${shown(text)}, which is a host name without a dot`, EXAMPLES);
	if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label.replaceAll('_', '-'))))
		throw new InvalidAddress(`is ${shown(text)}, which is not a host name`, EXAMPLES);
}

/** The page that a link to Statuspage's own site is about. */
function managedPage({ hostname, pathname }: URL): PageAddress {
	const pageId = hostname === 'manage.statuspage.io' ? /^\/pages\/([^/]+)/.exec(pathname)?.[1] : undefined;
	if (pageId !== undefined && PAGE_ID.test(pageId)) {
		const host = `${pageId}.${STATUSPAGE}`;
		return { url: `https://${host}`, host, pageId };
	}
	throw new InvalidAddress(
		`is ${hostname}, which is the site of Statuspage and not a status page`,
		'Enter the address that visitors of the status page use, e.g. northwind.statuspage.io, or the page ID',
	);
}

/** A number that URLs take for an IP address, e.g. 2130706433 or 0x7f000001. */
const NUMBER = /^(0x[\da-f]*|\d+)$/;

/** True for a subdomain of Statuspage, or a page ID, which is one as well. */
function isName(text: string): boolean {
	const name = text.toLowerCase();
	if (!LABEL.test(name) || name === 'localhost') return false;
	return parsedUrl(`https://${name}.${STATUSPAGE}`) !== undefined && (PAGE_ID.test(name) || !NUMBER.test(name));
}

/**
 * The checked address of a public page, from an address, a link, a subdomain of Statuspage or a page ID. Nothing is sent.
 *
 * @param allowLoopback also allows addresses of this machine, with http and a path, for tests
 * @throws InvalidAddress if it is not https, or not the name of a public host
 */
export function pageAddress(value: string, allowLoopback = false): PageAddress {
	const text = withoutSigns(value);
	if (text === '') throw new InvalidAddress('is empty', EXAMPLES);
	if (isName(text)) {
		const host = `${text.toLowerCase()}.${STATUSPAGE}`;
		return { url: `https://${host}`, host };
	}
	const url = parsed(text);
	if (allowLoopback && /^https?:$/.test(url.protocol) && isLoopback(url.href)) return loopbackAddress(url);
	if (url.protocol !== 'https:')
		throw new InvalidAddress(
			`is ${shown(text)}, but only https:// is supported`,
			'Enter the address with https://, or without the part before the host name',
		);
	if (url.username !== '' || url.password !== '')
		throw new InvalidAddress('contains a user name or a password', EXAMPLES);
	url.hostname = url.hostname.replace(/\.$/, '');
	const { hostname: host } = url;
	requireHost(host, text);
	if (url.port !== '')
		throw new InvalidAddress(`contains the port ${url.port}`, 'Status pages use the default port. Remove it');
	return NO_PAGES.includes(host) ? managedPage(url) : { url: `https://${host}`, host };
}
