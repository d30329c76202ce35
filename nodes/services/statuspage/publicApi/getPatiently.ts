import { parsedUrl } from '../../../shared/http/parsedUrl';
import { cancellableSleep } from '../../../shared/http/cancellableSleep';
import {
	readWithoutKey,
	type NoPublicAnswer,
	type PublicAnswer,
	type Validators,
} from '../../../shared/http/readWithoutKey';
import { backoffMs, MAX_TRIES } from '../../../shared/http/retry';
import type { PublicConnection } from './publicConnection';

const MOST_REDIRECTS = 3;

/** A repeat near the end of the budget still has this time. */
const SHORTEST_TIMEOUT_MS = 1000;

export interface PublicRead {
	answer: PublicAnswer | NoPublicAnswer;
	/** The address that answered, after redirects on the same host. */
	url: string;
	/** The address of a redirect that was not followed. */
	redirectedTo?: string;
}

/** The target of a redirect; undefined if the answer is none. */
function targetOf(answer: PublicAnswer | NoPublicAnswer, url: string): string | undefined {
	if (!('status' in answer) || answer.status < 300 || answer.status >= 400 || answer.status === 304) return undefined;
	const { location = '' } = answer;
	return parsedUrl(location, url)?.href ?? location;
}

function isSameHost(url: string, other: string): boolean {
	const [from, to] = [new URL(url), parsedUrl(other)];
	if (!to) return false;
	return from.protocol === to.protocol && from.host === to.host && to.username === '' && to.password === '';
}

/** Reads an address once. Follows redirects on the same host only, because another host is not the page that was asked for. */
async function getOnce(connection: PublicConnection, address: string, validators: Validators): Promise<PublicRead> {
	let url = address;
	for (let redirects = 0; ; redirects++) {
		connection.report.requests++;
		const answer = await readWithoutKey(connection, url, validators);
		const target = targetOf(answer, url);
		if (target === undefined) return { answer, url };
		if (redirects === MOST_REDIRECTS || !isSameHost(url, target)) return { answer, url, redirectedTo: target };
		url = target;
	}
}

function isRejected(answer: PublicAnswer | NoPublicAnswer): boolean {
	return 'status' in answer && (answer.status === 420 || answer.status === 429);
}

/** The wait before the next try, in milliseconds; undefined if the answer is final. A cut JSON is no final answer. */
function repeatAfterMs(answer: PublicAnswer | NoPublicAnswer, tries: number, random: number): number | undefined {
	const backoff = backoffMs(tries, random);
	if (!('status' in answer)) return answer.isTransient ? backoff : undefined;
	// At least half of a longer step, because the host asked for fewer requests.
	if (isRejected(answer)) return answer.retryAfterMs ?? backoffMs(tries + 2, 0.5 + random / 2);
	if (answer.status >= 500) return Math.max(answer.retryAfterMs ?? 0, backoff);
	const isCut = answer.status === 200 && typeof answer.body === 'string' && /^\s*[[{]/.test(answer.body);
	return isCut ? backoff : undefined;
}

/**
 * Reads an address, and repeats the read after 420, 429, 5xx and lost answers until the wait budget of the connection is used up.
 *
 * @returns the last answer, or why there is none
 * @throws Cancelled
 */
export async function getPatiently(
	connection: PublicConnection,
	url: string,
	validators: Validators,
): Promise<PublicRead> {
	const { clock, report, timeoutMs, waitBudgetMs } = connection;
	const endsAt = clock.now() + waitBudgetMs;
	for (let tries = 1; ; tries++) {
		const leftMs = Math.max(SHORTEST_TIMEOUT_MS, endsAt - clock.now());
		const read = await getOnce({ ...connection, timeoutMs: Math.min(timeoutMs, leftMs) }, url, validators);
		if (isRejected(read.answer)) report.rejections++;
		const afterMs = repeatAfterMs(read.answer, tries, clock.random());
		if (afterMs === undefined || tries === MAX_TRIES || clock.now() + afterMs >= endsAt) return read;
		if (!isRejected(read.answer)) report.repeats++;
		report.waitBegins(clock.now());
		try {
			await cancellableSleep(connection, afterMs);
		} finally {
			report.waitEnds(clock.now());
		}
	}
}
