import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendFaultAfter, sendFaultBefore } from './faultAnswers.mts';
import { isBeforeArrival, isBeforeProcessing, type Fault } from './faults.mts';
import type { LogEntry, ServiceName } from './log.mts';
import type { Options } from './options.mts';
import type { Simulator } from './simulator.mts';

/** Part of a JSON schema. */
export type Schema = Record<string, unknown>;

export interface Answer {
	status: number;
	body?: unknown;
}

/** Something that the real service may ignore. The simulator rejects it with 400 and records it in the log. */
export class Problem extends Error {
	readonly statusCode = 400;
}

/** An operation of a service. Methods that do the same share one. */
export interface Operation {
	methods: Array<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
	/** Path after the prefix of the service. */
	path: string;
	/** Schemas of query parameters by name. Other parameters are rejected. */
	query?: Record<string, Schema>;
	/** Schema of the body. If omitted, a body is rejected. */
	body?: Schema;
	/** Whether requests without both paging parameters are limited to one per window. */
	isSlowUnpaginated?: boolean;
	/** Returns error responses instead of throwing, so faults can replace them too. */
	work: (request: FastifyRequest) => Answer | Promise<Answer>;
}

/** A simulated API. Log, keys, rate limit and faults are shared by all services. */
export interface Service {
	name: ServiceName;
	/** Prefix of all paths. A segment that starts with a colon matches any value. */
	prefix: string;
	contentType: string;
	/** Scheme of the Authorization header. */
	scheme: 'OAuth' | 'Bearer';
	keys: (options: Options) => string[];
	/** Requests per key and window. */
	limit: (options: Options) => number;
	errorBody: (status: number, message: string) => unknown;
	problemBody: (status: number, message: string) => unknown;
	/** Adds parsers and hooks of this service, after the shared ones. */
	setUp: (app: FastifyInstance) => Promise<void>;
	operations: (simulator: Simulator) => Operation[];
}

declare module 'fastify' {
	interface FastifyRequest {
		entry?: LogEntry;
		fault?: Fault;
	}
}

async function send(reply: FastifyReply, { contentType }: Service, { status, body }: Answer): Promise<FastifyReply> {
	if (body !== undefined) void reply.type(contentType);
	return await reply.code(status).send(body);
}

/** Checks the key and the rate limit, waits for the latency, and sends faults that occur before the request is processed. */
async function preValidate(
	simulator: Simulator,
	service: Service,
	operation: Operation,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const { options, faults, rateLimits } = simulator;
	const { windowSeconds, retryAfter, latency } = options;
	const { entry, method } = request;
	const path = entry?.path ?? '';
	const [scheme, key] = /^(\S+) (.+)$/.exec(request.headers.authorization ?? '')?.slice(1) ?? [];
	if (scheme !== service.scheme || key === undefined || !service.keys(options).includes(key)) {
		return await send(reply, service, { status: 401, body: service.errorBody(401, 'Invalid authentication token.') });
	}
	const connectionFault = faults.next(method, path, isBeforeArrival);
	if (!connectionFault) {
		const { page, per_page } = request.query as Record<string, unknown>;
		const isUnpaginated = operation.isSlowUnpaginated && method === 'GET' && !(page && per_page);
		const rejection = rateLimits[service.name].check(
			{ limit: service.limit(options), windowSeconds, retryAfter },
			key,
			isUnpaginated ? path : undefined,
		);
		if (rejection) {
			if (entry) entry.isRejected = true;
			return await send(reply.headers(rejection.headers), service, {
				status: rejection.status,
				body: service.errorBody(rejection.status, 'Too many requests'),
			});
		}
	}
	const fault = connectionFault ?? faults.next(method, path, (added) => !isBeforeArrival(added));
	request.fault = fault;
	if (entry && fault) entry.fault = fault.kind;
	if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
	if (fault && isBeforeProcessing(fault)) return await sendFaultBefore(fault, reply, service);
	if (!operation.body && request.body !== undefined && request.body !== null)
		throw new Problem('this operation takes no body');
}

function addOperation(app: FastifyInstance, simulator: Simulator, service: Service, operation: Operation): void {
	app.route({
		method: operation.methods,
		url: operation.path,
		exposeHeadRoute: false,
		schema: {
			querystring: { type: 'object', properties: operation.query ?? {}, additionalProperties: false },
			...(operation.body ? { body: operation.body } : {}),
		},
		preValidation: async (request, reply) => await preValidate(simulator, service, operation, request, reply),
		async handler(request, reply) {
			const answer = await operation.work(request);
			if (request.fault) return await sendFaultAfter(request.fault, reply, service, answer);
			return await send(reply, service, answer);
		},
	});
}

/** Responds to an undocumented request or to a bug in the simulator, and records it in the log. */
async function sendProblem(
	service: Service,
	status: number,
	text: string,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const problem = `Simulator: ${text}`;
	if (request.entry) request.entry.problem = problem;
	return await send(reply, service, { status, body: service.problemBody(status, problem) });
}

/** Registers a service in its own Fastify scope, so its parsers, hooks and error handlers don't affect other services. */
export async function addService(app: FastifyInstance, simulator: Simulator, service: Service): Promise<void> {
	const prefix = new RegExp(`^${service.prefix.replace(/:\w+/g, '[^/?]*')}`);
	await app.register(
		async (scope) => {
			scope.addHook('onRequest', async (request) => {
				const entry: LogEntry = {
					n: simulator.log.length + 1,
					at: performance.now() - simulator.startedAt,
					service: service.name,
					method: request.method,
					path: request.url.replace(prefix, '').replace(/\?.*$/, ''),
					query: request.query as Record<string, unknown>,
					authorization: request.headers.authorization,
					contentType: request.headers['content-type'],
					status: 0,
					isRejected: false,
				};
				request.entry = entry;
				simulator.log.push(entry);
			});
			scope.addHook('preValidation', async (request) => {
				if (request.entry) request.entry.body = request.body;
			});
			scope.addHook('onResponse', async (request, reply) => {
				if (request.entry && reply.raw.headersSent) request.entry.status = reply.raw.statusCode;
			});
			scope.setErrorHandler(async (error, request, reply) => {
				const {
					validation,
					statusCode = 500,
					message,
				} = error as { validation?: unknown; statusCode?: number; message: string };
				return await sendProblem(service, validation ? 400 : statusCode, message, request, reply);
			});
			scope.setNotFoundHandler(
				async (request, reply) =>
					await sendProblem(service, 404, `there is no operation ${request.method} ${request.url}`, request, reply),
			);
			await service.setUp(scope);
			for (const operation of service.operations(simulator)) addOperation(scope, simulator, service, operation);
		},
		{ prefix: service.prefix },
	);
}
