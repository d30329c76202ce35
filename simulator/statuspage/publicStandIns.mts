import { setInterval } from 'node:timers';
import type { FastifyReply } from 'fastify';
import { Problem } from '../service.mts';
import type { Json } from './state.mts';

/**
 * What answers instead of a public page. `html` and `html404`: a page of another web site. `moved`: a redirect to `location`.
 * `incidentIo`, `componentsOnly`, `instatus`: pages of other vendors. `timeout`: no response. `drip`: a response byte by byte.
 * `brokenJson`: half of a response, as if it were whole. `cut`: the connection closes after half of a response. `huge`: 12 MB.
 * `reset`: the connection closes without a response. `body`: the JSON or text in `body`. `fields`: the usual response without the fields
 * in `drop` and with those in `set`. A number is a status code.
 */
const KINDS = [
	'html',
	'html404',
	'moved',
	'incidentIo',
	'componentsOnly',
	'instatus',
	'timeout',
	'drip',
	'brokenJson',
	'cut',
	'huge',
	'reset',
	'body',
	'fields',
] as const;

export interface StandIn {
	/** The page, by its subdomain. Any subdomain can be taken. */
	subdomain: string;
	kind: (typeof KINDS)[number] | `${number}`;
	/** Only this feed, e.g. summary.json; all if left out. */
	feed?: string;
	/** Number of requests; all if left out. */
	times?: number;
	/** For `moved`. */
	location?: string;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	drop?: string[];
	set?: Json;
}

export function parseStandIn(value: unknown): StandIn {
	const standIn = value as StandIn;
	const isKind = (KINDS as readonly string[]).includes(standIn?.kind) || /^\d{3}$/.test(String(standIn?.kind));
	if (!isKind) throw new Problem(`the kind must be a status code or one of ${KINDS.join(', ')}`);
	if (typeof standIn.subdomain !== 'string') throw new Problem('the subdomain is missing');
	return { ...standIn, kind: String(standIn.kind) as StandIn['kind'] };
}

const HTML =
	'<!DOCTYPE html><html><head><title>Acme | Home</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>';

const ULID_PAGE = {
	id: '01JMDK9XYNY6RXSED6SDWW50WY',
	name: 'Acme',
	url: 'https://status.acme.example',
	updated_at: '2026-01-05T09:00:00Z',
};

/** The feeds that incident.io has. Its summary lacks the incidents, and its incidents lack their components. */
const INCIDENT_IO: Record<string, Json> = {
	'summary.json': {
		page: ULID_PAGE,
		status: { indicator: 'minor', description: 'Partially Degraded Service' },
		components: [],
	},
	'status.json': { page: ULID_PAGE, status: { indicator: 'minor', description: 'Partially Degraded Service' } },
	'components.json': { page: ULID_PAGE, components: [] },
	'incidents.json': {
		page: ULID_PAGE,
		incidents: [
			{
				id: '01JMDK9XYNY6RXSED6SDWW50WZ',
				name: 'Slow API',
				status: 'monitoring',
				impact: 'minor',
				created_at: '2026-01-05T09:00:00Z',
				shortlink: null,
				incident_updates: [],
				components: [],
			},
		],
	},
};

const INSTATUS = {
	page: { name: 'Acme', url: 'https://acme.instatus.com', status: 'HASISSUES' },
	activeIncidents: [{ name: 'Slow API', status: 'INVESTIGATING', impact: 'MINOROUTAGE' }],
};

async function sendHtml(reply: FastifyReply, status: number): Promise<void> {
	await reply.code(status).type('text/html; charset=utf-8').send(HTML);
}

function startByHand(reply: FastifyReply, text: string): void {
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
}

/** Sends a byte at a time, which takes longer than any timeout. */
function drip(reply: FastifyReply, text: string): void {
	startByHand(reply, text);
	let sent = 0;
	const timer = setInterval(() => reply.raw.write(text.slice(sent++, sent)), 50);
	reply.raw.on('close', () => clearInterval(timer));
}

function withFields(usual: Json, { drop = [], set = {} }: StandIn): Json {
	return { ...Object.fromEntries(Object.entries(usual).filter(([name]) => !drop.includes(name))), ...set };
}

/**
 * Sends the response of a stand-in.
 *
 * @param usual the response of the page; `{}` if there is no page with this subdomain
 */
export async function sendStandIn(standIn: StandIn, feed: string, usual: Json, reply: FastifyReply): Promise<void> {
	const { kind, status, headers = {}, body } = standIn;
	const text = JSON.stringify(usual);
	const half = text.slice(0, Math.floor(text.length / 2));
	void reply.headers(headers);
	const sendJson = async (value: unknown) =>
		await reply
			.code(status ?? 200)
			.type('application/json')
			.send(JSON.stringify(value));
	if (/^\d{3}$/.test(kind))
		return void (await reply
			.code(Number(kind))
			.type('text/html')
			.send(`<html><head><title>${kind}</title></head></html>`));
	switch (kind) {
		case 'html':
			return await sendHtml(reply, 200);
		case 'html404':
			return await sendHtml(reply, 404);
		case 'moved':
			return void (await reply
				.code(status ?? 301)
				.header('location', standIn.location ?? 'https://status.other.example/')
				.send(''));
		case 'incidentIo':
			return void (INCIDENT_IO[feed] ? await sendJson(INCIDENT_IO[feed]) : await sendHtml(reply, 404));
		case 'componentsOnly':
			return void (await sendJson({ components: [] }));
		case 'instatus':
			return void (feed === 'summary.json' || feed === 'components.json'
				? await sendJson(INSTATUS)
				: await sendHtml(reply, 404));
		case 'timeout':
			return void reply.hijack();
		case 'drip':
			return drip(reply, text);
		case 'brokenJson':
			return void (await reply.type('application/json').send(half));
		case 'cut':
			startByHand(reply, text);
			reply.raw.write(half, () => reply.raw.destroy());
			return;
		case 'huge':
			return void (await reply.type('application/json').send(`{"page":"${'x'.repeat(12 * 2 ** 20)}"}`));
		case 'reset':
			reply.hijack();
			reply.raw.destroy();
			return;
		case 'fields':
			return void (await sendJson(withFields(usual, standIn)));
		default:
			return void (typeof body === 'string'
				? await reply
						.code(status ?? 200)
						.type('text/plain')
						.send(body)
				: await sendJson(body));
	}
}
