import { metricProviderRow } from '../metricRows.mts';
import { ApiError, fields, ok, one, pageIn, text, type Context, type Route } from '../route.mts';
import type { Json, Page, Row } from '../state.mts';
import { deleteMetric } from './metrics.mts';

const PATH = '/pages/:page_id/metrics_providers';
const ONE = `${PATH}/:metrics_provider_id`;

const TYPES = ['Pingdom', 'NewRelic', 'Librato', 'Datadog', 'Self'];
const type = { type: 'string', enum: TYPES };

/** The keys that each type requires. For Datadog, they are those of existing clients, because those of the document don't suffice. */
const REQUIRED: Record<string, string[]> = {
	Datadog: ['api_key', 'application_key', 'metric_base_uri'],
	Librato: ['email', 'api_token'],
	NewRelic: ['api_key', 'metric_base_uri'],
	Self: [],
};
const PINGDOM_LOGIN = ['email', 'password', 'application_key'];

function sentence(field: string): string {
	const words = field.replaceAll('_', ' ');
	return `${words[0]?.toUpperCase()}${words.slice(1)} can't be blank`;
}

function missingIn(wanted: Json): string[] {
	const required = REQUIRED[String(wanted.type)] ?? (wanted.api_token ? [] : PINGDOM_LOGIN);
	return required.filter((field) => !wanted[field]);
}

function providerIn(context: Context): { page: Page; row: Row } {
	const page = pageIn(context);
	return { page, row: one(page.metricProviders, context.params.metrics_provider_id) };
}

export const metricProviderRoutes: Route[] = [
	// Has no paging parameters.
	{ methods: ['GET'], path: PATH, handle: (context) => ok([...pageIn(context).metricProviders.values()]) },
	{
		methods: ['POST'],
		path: PATH,
		body: fields(
			{
				metrics_provider: fields({
					email: text,
					password: text,
					api_key: text,
					api_token: text,
					application_key: text,
					type,
					metric_base_uri: text,
				}),
			},
			['metrics_provider'],
		),
		handle(context) {
			const page = pageIn(context);
			const wanted = context.body.metrics_provider as Json;
			if (!wanted.type) throw new ApiError(422, "Type can't be blank");
			const [missing] = missingIn(wanted);
			if (missing) throw new ApiError(422, sentence(missing));
			const row = metricProviderRow(
				context.state.newId(),
				String(wanted.type),
				String(page.row.id),
				context.state.now(),
			);
			row.metric_base_uri = wanted.metric_base_uri ?? null;
			page.metricProviders.set(row.id, row);
			return { status: 201, body: row };
		},
	},
	{ methods: ['GET'], path: ONE, handle: (context) => ok(providerIn(context).row) },
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body: fields({ metrics_provider: fields({ type, metric_base_uri: text }) }, ['metrics_provider']),
		handle(context) {
			const { row } = providerIn(context);
			return ok(Object.assign(row, context.body.metrics_provider, { updated_at: context.state.now() }));
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { page, row } = providerIn(context);
			page.metricProviders.delete(row.id);
			for (const { id, metrics_provider_id } of [...page.metrics.values()]) {
				if (metrics_provider_id === row.id && context.options.orphanedMetrics === 'deleted') deleteMetric(page, id);
			}
			return ok(row);
		},
	},
];
