import { randomUUID } from 'node:crypto';
import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import qs from 'qs';
import type { Answer, Schema, Service } from '../service.mts';
import type { Simulator } from '../simulator.mts';
import { withTypes } from './forms.mts';
import { ApiError, type Context, type Route } from './route.mts';
import { componentGroupRoutes } from './routes/componentGroups.mts';
import { componentRoutes } from './routes/components.mts';
import { incidentRoutes } from './routes/incidents.mts';
import { incidentSubscriberRoutes } from './routes/incidentSubscribers.mts';
import { metricProviderRoutes } from './routes/metricProviders.mts';
import { metricRoutes } from './routes/metrics.mts';
import { pageRoutes } from './routes/pages.mts';
import { postmortemRoutes } from './routes/postmortems.mts';
import { subscriberRoutes } from './routes/subscribers.mts';
import { teamRoutes } from './routes/team.mts';
import { templateRoutes } from './routes/templates.mts';
import { viewerGroupRoutes } from './routes/viewerGroups.mts';
import { viewerRoutes } from './routes/viewers.mts';
import type { Json } from './state.mts';
import { notifying } from './webhooks/notify.mts';

const PREFIX = '/v1';
const routes: Route[] = [
	...pageRoutes,
	...viewerRoutes,
	...viewerGroupRoutes,
	...componentRoutes,
	...incidentRoutes,
	...postmortemRoutes,
	...templateRoutes,
	...metricRoutes,
	...metricProviderRoutes,
	...componentGroupRoutes,
	...subscriberRoutes,
	...incidentSubscriberRoutes,
	...teamRoutes,
];

/** Removes .json from the end of a path. */
export function withoutFormat(url: string): string {
	return url.startsWith(PREFIX) ? url.replace(/\.json(?=\?|$)/, '') : url;
}

/** Audience `dropped`: responds as if successful, but saves nothing. */
function handleDropped(route: Route, context: Context): Answer {
	const { page_id: pageId = '' } = context.params;
	const page = context.state.pages.get(pageId);
	if (!page) return route.handle(context);
	const pages = new Map(context.state.pages).set(pageId, structuredClone(page));
	return route.handle({ ...context, state: { ...context.state, pages } });
}

/** Runs a request. Webhook subscribers of its page get what it changed. */
function handleOnPage({ options, state, deliveries }: Simulator, route: Route, context: Context): Answer {
	const page = state.pages.get(context.params.page_id ?? '');
	if (!page || route.methods.includes('GET')) return route.handle(context);
	return notifying(page, { options, state, deliveries }, () => route.handle(context));
}

function handle(simulator: Simulator, route: Route, request: FastifyRequest): Answer {
	const { options, state } = simulator;
	const context: Context = {
		options,
		state,
		params: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		body: (request.body ?? {}) as Json,
	};
	const { audience } = options;
	const isMainPage = context.params.page_id === [...state.pages.keys()][0];
	if (!route.writesViewers || !isMainPage || audience === 'specific' || audience === 'kept')
		return handleOnPage(simulator, route, context);
	if (audience === 'rejected') throw new ApiError(403, 'You are not authorized to access this resource.');
	return handleDropped(route, context);
}

function answerTo(simulator: Simulator, route: Route, request: FastifyRequest): Answer {
	try {
		return handle(simulator, route, request);
	} catch (error) {
		if (error instanceof ApiError) return { status: error.status, body: { message: error.message } };
		throw error;
	}
}

/** The Statuspage Manage API. Like Rails, it accepts JSON and forms. */
export const statuspage: Service = {
	name: 'statuspage',
	prefix: PREFIX,
	contentType: 'application/json',
	scheme: 'OAuth',
	keys: ({ keys }) => keys,
	limit: ({ limit }) => limit,
	errorBody: (_, error) => ({ error }),
	problemBody: (_, message) => ({ message }),
	async setUp(app: FastifyInstance) {
		await app.register(formBody, {
			parser: (text) => qs.parse(text, { arrayLimit: 100_000, parameterLimit: 100_000 }),
		});
		app.addHook(
			'onRequest',
			async (_, reply) => void reply.headers({ 'x-request-id': randomUUID(), 'x-runtime': '0.01' }),
		);
		app.addHook('preValidation', async (request) => {
			const schema = request.routeOptions.schema?.body as Schema | undefined;
			if (schema && request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
				request.body = withTypes(request.body, schema);
		});
	},
	operations: (simulator) =>
		routes.map((route) => ({ ...route, work: (request) => answerTo(simulator, route, request) })),
};
