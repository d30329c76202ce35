import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import formBody from '@fastify/formbody';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import qs from 'qs';
import { controlRoutes } from './control.mts';
import { showAfter, showBefore } from './faultAnswers.mts';
import { isBeforeWork, type Fault } from './faults.mts';
import { withTypes } from './forms.mts';
import type { LogEntry } from './log.mts';
import { DEFAULT_OPTIONS, type Options } from './options.mts';
import { ApiError, Problem, type Answer, type Context, type Route } from './route.mts';
import { componentRoutes } from './routes/components.mts';
import { pageRoutes } from './routes/pages.mts';
import { publicRoutes } from './routes/public.mts';
import { subscriberRoutes } from './routes/subscribers.mts';
import { teamRoutes } from './routes/team.mts';
import { viewerGroupRoutes } from './routes/viewerGroups.mts';
import { viewerRoutes } from './routes/viewers.mts';
import { fresh, type Simulator } from './simulator.mts';
import type { Json } from './state.mts';

const PREFIX = '/v1';
const routes: Route[] = [...pageRoutes, ...viewerRoutes, ...viewerGroupRoutes, ...componentRoutes, ...subscriberRoutes, ...teamRoutes];

declare module 'fastify' {
	interface FastifyRequest {
		entry?: LogEntry;
		fault?: Fault;
	}
}

export interface RunningSimulator {
	/** The base URL for a credential. */
	url: string;
	port: number;
	stop: () => Promise<void>;
}

function keyOf(request: FastifyRequest): string | undefined {
	return /^OAuth (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

/** Audience `dropped`: the answer of a success, and nothing kept. */
function handleDropped(route: Route, context: Context) {
	const { page_id: pageId = '' } = context.params;
	const page = context.state.pages.get(pageId);
	if (!page) return route.handle(context);
	const pages = new Map(context.state.pages).set(pageId, structuredClone(page));
	return route.handle({ ...context, state: { ...context.state, pages } });
}

function work(simulator: Simulator, route: Route, request: FastifyRequest) {
	const context: Context = {
		options: simulator.options,
		state: simulator.state,
		params: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		body: (request.body ?? {}) as Json,
	};
	const { audience } = simulator.options;
	const isMainPage = context.params.page_id === [...simulator.state.pages.keys()][0];
	if (!route.writesViewers || !isMainPage || audience === 'specific' || audience === 'kept') return route.handle(context);
	if (audience === 'refused') throw new ApiError(403, 'You are not authorized to access this resource.');
	return handleDropped(route, context);
}

/** An error is an answer as well: a fault after the work hits it too. */
function answerTo(simulator: Simulator, route: Route, request: FastifyRequest): Answer {
	try {
		return work(simulator, route, request);
	} catch (error) {
		if (error instanceof ApiError) return { status: error.status, body: { message: error.message } };
		throw error;
	}
}

function addRoute(app: FastifyInstance, simulator: Simulator, route: Route): void {
	app.route({
		method: route.methods,
		url: `${PREFIX}${route.path}`,
		exposeHeadRoute: false,
		schema: {
			querystring: { type: 'object', properties: route.query ?? {}, additionalProperties: false },
			...(route.body ? { body: route.body } : {}),
		},
		async preValidation(request, reply) {
			const { entry } = request;
			if (entry) entry.body = request.body;
			const key = keyOf(request);
			if (key === undefined || !simulator.options.keys.includes(key)) {
				return await reply.code(401).send({ error: 'Invalid authentication token.' });
			}
			const path = entry?.path ?? '';
			const early = simulator.faults.next(request.method, path, ({ kind }) => kind === 'resetBefore');
			if (!early) {
				const query = request.query as Json;
				const isUnpaginated = route.isSlowUnpaginated && request.method === 'GET' && !(query.page && query.per_page);
				const refusal = simulator.rateLimit.refuse(simulator.options, key, isUnpaginated ? path : undefined);
				if (refusal) {
					if (entry) entry.isRefused = true;
					return await reply.code(refusal.status).headers(refusal.headers).send({ error: 'Too many requests' });
				}
			}
			const fault = early ?? simulator.faults.next(request.method, path, () => true);
			request.fault = fault;
			if (entry && fault) entry.fault = fault.kind;
			if (simulator.options.latency > 0) await new Promise((resolve) => setTimeout(resolve, simulator.options.latency));
			if (fault && isBeforeWork(fault)) return await showBefore(fault, reply);
			if (!route.body && request.body !== undefined && request.body !== null) throw new Problem('this operation takes no body');
			if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') && route.body) {
				request.body = withTypes(request.body, route.body);
			}
		},
		async handler(request, reply) {
			const { status, body } = answerTo(simulator, route, request);
			if (request.fault) return await showAfter(request.fault, reply, status, body);
			await reply.code(status).send(body);
		},
	});
}

/** What no route answers: a request that is not as documented, or a mistake in the simulator itself. */
function errorAnswer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
	const { validation, statusCode = 500, message } = error as { validation?: unknown; statusCode?: number; message: string };
	const text = `Simulator: ${message}`;
	if (request.entry) request.entry.problem = text;
	void reply.code(validation ? 400 : statusCode).send({ message: text });
}

export async function startSimulator(wanted: Partial<Options> = {}): Promise<RunningSimulator> {
	const simulator = fresh({ ...DEFAULT_OPTIONS, ...wanted });
	const app = Fastify({
		forceCloseConnections: true,
		bodyLimit: 16 * 2 ** 20,
		// A path may end in .json.
		rewriteUrl: ({ url = '/' }) => (url.startsWith(PREFIX) ? url.replace(/\.json(?=\?|$)/, '') : url),
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
		routerOptions: { querystringParser: (text) => qs.parse(text) as Record<string, unknown> },
	});
	await app.register(formBody, { parser: (text) => qs.parse(text, { arrayLimit: 100_000, parameterLimit: 100_000 }) });

	app.addHook('onRequest', async (request, reply) => {
		if (!request.url.startsWith(PREFIX)) return;
		const entry: LogEntry = {
			n: simulator.log.length + 1,
			at: performance.now() - simulator.startedAt,
			method: request.method,
			path: request.url.slice(PREFIX.length).replace(/\?.*$/, ''),
			query: request.query as Record<string, unknown>,
			authorization: request.headers.authorization,
			contentType: request.headers['content-type'],
			status: 0,
			isRefused: false,
		};
		request.entry = entry;
		simulator.log.push(entry);
		void reply.headers({ 'x-request-id': randomUUID(), 'x-runtime': '0.01' });
	});
	app.addHook('onResponse', async (request, reply) => {
		if (request.entry && reply.raw.headersSent) request.entry.status = reply.raw.statusCode;
	});
	app.setErrorHandler(errorAnswer);
	app.setNotFoundHandler((request, reply) => {
		if (request.entry) request.entry.problem = `Simulator: there is no operation ${request.method} ${request.url}`;
		void reply.code(404).send({ message: request.entry?.problem ?? 'Not found' });
	});
	for (const route of routes) addRoute(app, simulator, route);
	controlRoutes(app, simulator);
	publicRoutes(app, simulator);

	await app.listen({ host: '127.0.0.1', port: simulator.options.port });
	const { port } = app.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}${PREFIX}`, port, stop: async () => await app.close() };
}
