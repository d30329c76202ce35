import { isLoopback } from '../../../shared/http/baseUrl';
import type { Connection } from '../../../shared/http/connection';
import { readWithoutKey, type PublicAnswer } from '../../../shared/http/readWithoutKey';
import type { Page } from '../endpoints';

/** The address of a page for its visitors. A simulated service has the pages at its own address. */
function publicAddress(baseUrl: string, { subdomain, domain }: Page): string | undefined {
	if (isLoopback(baseUrl)) return `${new URL(baseUrl).origin}/public/${encodeURIComponent(String(subdomain))}`;
	const host = domain || (subdomain ? `${subdomain}.statuspage.io` : '');
	return /^[\w-]+(\.[\w-]+)+$/.test(host) ? `https://${host}` : undefined;
}

/** The timeout of a sign that is not essential. */
const TIMEOUT_MS = 10_000;

/** The status feed of a page, as a visitor without a login gets it; undefined where there is no answer. */
export async function readStatusFeed(connection: Connection, page: Page): Promise<PublicAnswer | undefined> {
	const address = publicAddress(connection.baseUrl, page);
	if (address === undefined) return undefined;
	const timeoutMs = Math.min(connection.timeoutMs, TIMEOUT_MS);
	const answer = await readWithoutKey({ ...connection, timeoutMs }, `${address}/api/v2/status.json`);
	return 'status' in answer ? answer : undefined;
}
