import { NotUnderstood } from '../../../shared/http/outcome';
import { asError, Failure, hasStatus } from '../../../shared/http/failures';
import type { Validators } from '../../../shared/http/readWithoutKey';
import { feeds, type Feed, type FeedName } from './feeds';
import { getPatiently } from './getPatiently';
import { isLogin } from './isLogin';
import { notAPage } from './notAPage';
import type { PageAddress } from './pageAddress';
import type { PublicConnection } from './publicConnection';
import { loginFailure, movedFailure, noAnswerFailure, statusFailure } from './publicFailure';

/** One reading of a feed. */
export interface FeedReading<Name extends FeedName> {
	/** Undefined if the feed has not changed since the reading that the validators are from. */
	feed?: Feed<Name>;
	/** For the next reading; empty if the page sends none. */
	validators: Validators;
}

function anotherPage({ host }: PageAddress, found: string, wanted: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 200,
		message: `${host} shows page ${found} instead of page ${wanted}`,
		advice: 'The address may belong to another page now. Check it',
	});
}

function incomplete({ host }: PageAddress, problem: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 200,
		message: `${host} returned JSON that is not a complete Statuspage response: ${problem}`,
		advice: 'The page may be hosted by another vendor, who copies the format of Statuspage. Check the address',
	});
}

/** The feed, or the failure for one that lacks something. */
function checked<Name extends FeedName>(address: PageAddress, name: Name, body: unknown): Feed<Name> | Failure {
	try {
		return feeds[name].check(body, 'the response') as Feed<Name>;
	} catch (error) {
		if (error instanceof NotUnderstood) return incomplete(address, error.message);
		throw asError(error);
	}
}

/** Throws Failure for anything but a feed of Statuspage, and for that of another page. */
function understood<Name extends FeedName>(address: PageAddress, name: Name, body: unknown): Feed<Name> {
	const found = notAPage(address.host, body);
	if (found) throw new Failure({ kind: 'answer', status: 200, ...found });
	const feed = checked(address, name, body);
	if (feed instanceof Failure) throw feed;
	if (address.pageId !== undefined && feed.page.id !== address.pageId)
		throw anotherPage(address, feed.page.id, address.pageId);
	return feed;
}

/** One read of a feed, with its repeats. */
async function readOnce<Name extends FeedName>(
	connection: PublicConnection,
	address: PageAddress,
	name: Name,
	validators: Validators,
): Promise<FeedReading<Name>> {
	const path = `/api/v2/${feeds[name].path}`;
	const asked = `${address.url}${path}`;
	const { answer, url, redirectedTo } = await getPatiently(connection, asked, validators);
	if (!('status' in answer)) throw noAnswerFailure(address, answer, connection.timeoutMs);
	connection.report.answers++;
	const { status, body, etag, lastModified } = answer;
	const isConditional = validators.ifNoneMatch !== undefined || validators.ifModifiedSince !== undefined;
	if (status === 304 && isConditional) return { validators };
	if (redirectedTo !== undefined) throw movedFailure(address, redirectedTo, status);
	// A redirect to a login on the same host.
	if (url !== asked && isLogin(new URL(url).pathname)) throw loginFailure(address.host, status);
	if (status !== 200) throw statusFailure(address, answer, path);
	return {
		feed: understood(address, name, body),
		validators: {
			...(etag === undefined ? {} : { ifNoneMatch: etag }),
			...(lastModified === undefined ? {} : { ifModifiedSince: lastModified }),
		},
	};
}

/**
 * Reads one feed of a public page.
 *
 * @param validators of the last reading, so an unchanged feed is not sent again
 * @throws Failure for everything that is not the feed of a Statuspage page, with what was found; Cancelled
 */
export async function readPublicFeed<Name extends FeedName>(
	connection: PublicConnection,
	address: PageAddress,
	name: Name,
	validators: Validators = {},
): Promise<FeedReading<Name>> {
	try {
		return await readOnce(connection, address, name, validators);
	} catch (error) {
		// Copies of this API lack some feeds. The summary shows whose copy it is.
		if (name !== 'summary' && hasStatus(error, 404)) await readUnless404(connection, address);
		throw asError(error);
	}
}

/** Throws Failure if the summary shows what the page is, instead of a further 404. */
async function readUnless404(connection: PublicConnection, address: PageAddress): Promise<void> {
	try {
		await readOnce(connection, address, 'summary', {});
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
	}
}

/** The readings of several feeds of one page. */
export type PageReading<Name extends FeedName> = { [N in Name]: FeedReading<N> };

/**
 * Reads several feeds of a public page side by side. All of them must be about the same page.
 *
 * @param known the validators of the last readings, by feed
 * @param pageId the page that answered before, if it is known
 * @throws Failure if one of the feeds cannot be read, so nothing is concluded from the others; Cancelled
 */
export async function readPublicPage<Name extends FeedName>(
	connection: PublicConnection,
	address: PageAddress,
	names: readonly Name[],
	{ known = {}, pageId = address.pageId }: { known?: Partial<Record<Name, Validators>>; pageId?: string } = {},
): Promise<PageReading<Name>> {
	const reads = names.map(
		async (name) => [name, await readPublicFeed(connection, address, name, known[name])] as const,
	);
	// No read goes on after this one has failed.
	await Promise.allSettled(reads);
	const readings = await Promise.all(reads);
	const ids = readings.flatMap(([, { feed }]) => (feed ? [feed.page.id] : []));
	const wanted = pageId ?? ids.at(0);
	const other = ids.find((id) => id !== wanted);
	if (other !== undefined && wanted !== undefined) throw anotherPage(address, other, wanted);
	return Object.fromEntries(readings) as unknown as PageReading<Name>;
}
