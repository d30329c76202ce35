import { parsedUrl } from '../../../shared/http/parsedUrl';
import { Failure } from '../../../shared/http/failures';
import type { NoPublicAnswer } from '../../../shared/http/readWithoutKey';
import { networkReason } from '../../../shared/http/requestFailures';
import type { Finding } from './notAPage';
import { isLogin } from './isLogin';
import type { PageAddress } from './pageAddress';

const LATER = 'Try again later';
const PROTECTION =
	'The host name belongs to an address that your n8n does not allow. Ask your n8n administrator if it should be reachable';

/** The failure for a read without an answer. */
export function noAnswerFailure({ host }: PageAddress, { reason, code }: NoPublicAnswer, timeoutMs: number): Failure {
	const findings: Record<NoPublicAnswer['reason'], Finding> = {
		timeout: { message: `${host} did not respond within ${Math.round(timeoutMs / 1000)} s`, advice: LATER },
		unknownHost: {
			message: `${host} cannot be found: ${networkReason(code)}`,
			advice: 'Check the spelling of the address',
		},
		tls: {
			message: `No secure connection to ${host}: ${networkReason(code)}`,
			advice: "Check the address. The page may also have an address at statuspage.io, with the page's subdomain or ID",
		},
		unreachable: {
			message: `${host} cannot be reached: ${networkReason(code)}`,
			advice: 'Check the address, or try again later',
		},
		blocked: { message: `n8n blocked the request to ${host}`, advice: PROTECTION },
		tooLarge: {
			message: `The response of ${host} is larger than 10 MB`,
			advice: 'Responses of Statuspage are much smaller. Check the address',
		},
		cutOff: { message: `The connection to ${host} closed before the whole response arrived`, advice: LATER },
	};
	return new Failure({ kind: reason === 'cutOff' || reason === 'timeout' ? 'lost' : 'notSent', ...findings[reason] });
}

/** The failure for a redirect that is not followed. `target` is its address. */
export function movedFailure({ url, host }: PageAddress, target: string, status: number): Failure {
	if (isLogin(target)) return loginFailure(host, status);
	const [from, to] = [new URL(url), parsedUrl(target)];
	const isFollowable = to?.protocol === 'https:' && to.host !== from.host && /\/api\/v2\//.test(to.pathname);
	return new Failure({
		kind: 'answer',
		status,
		message: `${host} redirects to ${target === '' ? 'an unnamed address' : target}`,
		advice: isFollowable
			? `The page has moved. Enter ${to.host} as its address`
			: 'The page has moved, or it is not a Statuspage page anymore. Open it in a browser, and enter its new address',
	});
}

/** @param status that of the login */
export function loginFailure(host: string, status: number): Failure {
	return new Failure({
		kind: 'answer',
		status,
		message: `${host} requires a login`,
		advice:
			'Only public pages can be read by their address. The other resources of this node read your own page with its API key',
	});
}

const STATUSPAGE_HOST = /\.statuspage\.io$/;

function statusFinding({ host }: PageAddress, status: number, path: string): Finding {
	if (status === 401)
		return {
			message: `${host} cannot be read without a login (401)`,
			advice:
				'The page is private, is a trial page, or is inactive. Statuspage has the same response for all three. The other resources of this node read your own page with its API key',
		};
	if (status === 403)
		return {
			message: `${host} rejected the request (403)`,
			advice: 'The page may be limited to some visitors or IP addresses, or a firewall may block n8n',
		};
	if (status === 404 || status === 410)
		return {
			message: `${host} has no status API at ${path} (${status})`,
			advice: STATUSPAGE_HOST.test(host)
				? 'There is no page with this subdomain or page ID. Check the address'
				: 'The page is not hosted on Statuspage, or its status API is turned off. Check the address',
		};
	if (status === 420 || status === 429)
		return {
			message: `${host} received too many requests from this n8n (${status})`,
			advice: 'Read the page less often, or try again later',
		};
	if (status >= 500) return { message: `${host} is not available (${status})`, advice: LATER };
	return { message: `${host} returned status ${status} instead of a status page`, advice: 'Check the address' };
}

/** The failure for an answer with another status than 200. `path` was asked for, e.g. /api/v2/summary.json. */
export function statusFailure(
	address: PageAddress,
	{ status, retryAfterMs }: { status: number; retryAfterMs?: number },
	path: string,
): Failure {
	const isRejected = status === 420 || status === 429;
	return new Failure({
		kind: isRejected ? 'rateLimit' : 'answer',
		status,
		...statusFinding(address, status, path),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	});
}
