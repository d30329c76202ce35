import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from './connection';
import { asError, Cancelled } from './failures';
import { outcomeOfThrown, type RawAnswer } from './outcome';
import { requestEnd } from './requestEnd';
import { retryAfterMs } from './retryAfter';

/** The part of a connection that reads without the key. It exists without a credential too. */
export type KeylessConnection = Pick<Connection, 'sendWithoutKey' | 'clock' | 'signal' | 'timeoutMs'>;

/** The answer to a request without a key. */
export interface PublicAnswer {
	status: number;
	/** The value of the JSON, or the text if it is no JSON. */
	body: unknown;
	/** The target of a redirect. */
	location?: string;
	/** For `ifNoneMatch` of the next read. */
	etag?: string;
	/** For `ifModifiedSince` of the next read. */
	lastModified?: string;
	/** The wait that the host asks for, in milliseconds. */
	retryAfterMs?: number;
}

/** Why no answer came. `blocked` is n8n's protection against requests to private addresses. */
export type NoAnswerReason = 'timeout' | 'unknownHost' | 'tls' | 'unreachable' | 'blocked' | 'tooLarge' | 'cutOff';

export interface NoPublicAnswer {
	reason: NoAnswerReason;
	/** The code of the network library, e.g. ENOTFOUND. */
	code: string;
	/** The next try may succeed. */
	isTransient: boolean;
}

export interface Validators {
	ifNoneMatch?: string;
	ifModifiedSince?: string;
}

/** A larger answer is not read to its end. n8n has no limit of its own. */
const MOST_BYTES = 10 * 2 ** 20;

class TooLarge extends Error {}

function isStream(body: unknown): body is AsyncIterable<Buffer> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** The bytes of a stream as text. To leave the loop closes the connection. */
async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MOST_BYTES) throw new TooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

async function valueOf(body: unknown): Promise<unknown> {
	if (!isStream(body)) return body;
	const text = (await textOf(body)).replace(/^\uFEFF/, '');
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const TIMEOUTS = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ECONNABORTED'];
const NAME_FAILURES = ['ENOTFOUND', 'EAI_AGAIN'];
/** The start of n8n's message, also where another error wraps it. */
const BLOCKED = /request was blocked because/i;

function isBlocked(error: unknown, depth = 0): boolean {
	if (!(error instanceof Error) || depth > 4) return false;
	return BLOCKED.test(error.message) || isBlocked(error.cause, depth + 1);
}

function noAnswer(error: unknown): NoPublicAnswer {
	if (error instanceof TooLarge) return { reason: 'tooLarge', code: 'TOO_LARGE', isTransient: false };
	if (isBlocked(error)) return { reason: 'blocked', code: 'BLOCKED', isTransient: false };
	const outcome = outcomeOfThrown(error);
	const { code, mayHaveArrived, isTransient } = outcome;
	if (TIMEOUTS.includes(code)) return { reason: 'timeout', code, isTransient };
	if (NAME_FAILURES.includes(code)) return { reason: 'unknownHost', code, isTransient };
	if (mayHaveArrived) return { reason: 'cutOff', code, isTransient };
	return { reason: isTransient ? 'unreachable' : 'tls', code, isTransient };
}

const textIn = (value: unknown) => (value === undefined || value === null ? undefined : String(value));

/**
 * Reads an address once, without a key and outside of its window. Redirects are not followed. The time limit includes the whole body.
 *
 * @throws Cancelled
 */
export async function readWithoutKey(
	connection: KeylessConnection,
	url: string,
	{ ifNoneMatch, ifModifiedSince }: Validators = {},
): Promise<PublicAnswer | NoPublicAnswer> {
	const { sendWithoutKey, clock, timeoutMs } = connection;
	const end = requestEnd(connection);
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		headers: {
			Accept: 'application/json',
			'User-Agent': 'n8n-nodes-statuspage',
			...(ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
			...(ifModifiedSince === undefined ? {} : { 'If-Modified-Since': ifModifiedSince }),
		},
		// A stream, so a body that is too large can be left.
		encoding: 'stream',
		timeout: timeoutMs,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		abortSignal: end.signal,
	};
	const read = async (): Promise<PublicAnswer> => {
		const { statusCode: status, headers = {}, body } = (await sendWithoutKey(options)) as RawAnswer;
		const sentAt = Date.parse(String(headers.date));
		return {
			status,
			body: await valueOf(body),
			location: textIn(headers.location),
			etag: textIn(headers.etag),
			lastModified: textIn(headers['last-modified']),
			retryAfterMs: retryAfterMs(headers['retry-after'], Number.isNaN(sentAt) ? clock.calendar() : sentAt),
		};
	};
	try {
		return await Promise.race([read(), end.reached]);
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
		return noAnswer(error);
	} finally {
		end.prevent();
	}
}
