import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PublicLogEntry } from '../log.mts';
import { Problem } from '../service.mts';
import type { Simulator } from '../simulator.mts';
import { PUBLIC_FEEDS, publicPageRow } from './publicFeeds.mts';
import { parseStandIn, sendStandIn, type StandIn } from './publicStandIns.mts';
import type { Json, Page } from './state.mts';

/** The page with this subdomain or ID. Both are addresses of a page at Statuspage. */
function pageAt({ state }: Simulator, name: string): { page: Page; isOpen: (audience: string) => boolean } | undefined {
	const pages = [...state.pages.values()];
	const index = pages.findIndex(({ row }) => row.subdomain === name || row.id === name);
	const page = pages[index];
	if (!page) return undefined;
	// The first page is what the option says, the third one is private, and all others are public.
	const isOpen = (audience: string) => (index === 0 ? audience !== 'specific' : index !== 2);
	return { page, isOpen: (audience) => isOpen(audience) && page.row.viewers_must_be_team_members !== true };
}

function takeStandIn({ standIns }: Simulator, subdomain: string, feed: string): StandIn | undefined {
	const found = standIns.find((entry) => entry.subdomain === subdomain && (entry.feed ?? feed) === feed);
	if (found?.times !== undefined && --found.times <= 0) standIns.splice(standIns.indexOf(found), 1);
	return found;
}

/** Sends a feed, or 304 if the validators of the request are those of the feed. */
async function sendFeed({ options }: Simulator, body: Json, request: FastifyRequest, reply: FastifyReply) {
	const text = JSON.stringify(body);
	const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
	const { publicValidators: kind } = options;
	if (kind === 'etag') {
		const etag = `W/"${createHash('md5').update(text).digest('hex')}"`;
		void reply.header('etag', etag);
		if (match === etag) return await reply.code(304).send();
	}
	if (kind === 'last-modified') {
		const changedAt = Math.floor(Date.parse(String((body.page as Json).updated_at)) / 1000) * 1000;
		void reply.header('last-modified', new Date(changedAt).toUTCString());
		if (since !== undefined && Date.parse(since) >= changedAt) return await reply.code(304).send();
	}
	return await reply.type('application/json; charset=utf-8').send(text);
}

/**
 * The public status API of each page, which needs no key and has no rate limit that is published. It isn't documented how private and
 * audience-specific pages respond without a login, so an option decides.
 */
export function publicRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.get<{ Params: { subdomain: string; '*': string } }>('/public/:subdomain/api/v2/*', async (request, reply) => {
		const { subdomain, '*': feed } = request.params;
		const { method, headers } = request;
		const entry: PublicLogEntry = { subdomain, feed, method, headers, status: 0 };
		simulator.publicLog.push(entry);
		reply.raw.on('finish', () => (entry.status = reply.raw.statusCode));
		if (headers.authorization !== undefined) {
			entry.problem = 'a key was sent to a public page';
			throw new Problem(entry.problem);
		}
		const content = PUBLIC_FEEDS[feed];
		const found = pageAt(simulator, subdomain);
		const usual = found && content ? { page: publicPageRow(found.page), ...content(found.page) } : undefined;
		const standIn = takeStandIn(simulator, subdomain, feed);
		if (standIn) return await sendStandIn(standIn, feed, usual ?? {}, reply);
		if (!usual || !found) return await reply.code(404).type('text/html').send('<html><title>Not found</title></html>');
		const { audience, closedPages } = simulator.options;
		if (!found.isOpen(audience)) {
			if (closedPages === 'unauthorized') return await reply.code(401).send({ error: 'Unauthorized' });
			return await reply.code(302).header('location', `/public/${subdomain}/access/login`).send('');
		}
		return await sendFeed(simulator, usual, request, reply);
	});

	app.get('/public/:subdomain/access/login', async (_, reply) => {
		await reply.type('text/html').send('<html><head><title>Log in</title></head></html>');
	});

	app.get('/_simulator/publicLog', async () => simulator.publicLog);
	/** A stand-in replaces an earlier one for the same feeds. */
	app.post('/_simulator/public', async (request, reply) => {
		const standIn = parseStandIn(request.body);
		simulator.standIns = simulator.standIns.filter(
			({ subdomain, feed }) => subdomain !== standIn.subdomain || feed !== standIn.feed,
		);
		simulator.standIns.push(standIn);
		await reply.code(201).send({});
	});
	app.delete('/_simulator/public', async (_, reply) => {
		simulator.standIns = [];
		await reply.code(204).send();
	});
}
