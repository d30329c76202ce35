import { metricRow } from '../metricRows.mts';
import { ApiError, fields, flag, ok, one, paged, pageIn, paging, text, type Context, type Route } from '../route.mts';
import type { Json, Page, Row } from '../state.mts';

const PATH = '/pages/:page_id/metrics';
const ONE = `${PATH}/:metric_id`;
const OF_PROVIDER = '/pages/:page_id/metrics_providers/:metrics_provider_id/metrics';

const INTERVAL_SECONDS = 30;
const OLDEST_SECONDS = 28 * 24 * 60 * 60;
const integer = { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 };
const point = fields({ timestamp: integer, value: { type: 'number' } }, ['timestamp', 'value']);

interface Point {
	timestamp: number;
	value: number;
}

function metricIn(context: Context): { page: Page; row: Row } {
	const page = pageIn(context);
	return { page, row: one(page.metrics, context.params.metric_id) };
}

function ofProvider(context: Context): Row[] {
	const page = pageIn(context);
	const { id } = one(page.metricProviders, context.params.metrics_provider_id);
	return [...page.metrics.values()].filter(({ metrics_provider_id }) => metrics_provider_id === id);
}

export function deleteMetric(page: Page, id: string): void {
	page.metrics.delete(id);
	page.metricData.delete(id);
	for (const holder of [...page.viewers.values(), ...page.groups.values()]) holder.metricIds.delete(id);
}

function requireOwnData(page: Page, row: Row): void {
	const provider = page.metricProviders.get(String(row.metrics_provider_id));
	if (provider?.type !== 'Self') throw new ApiError(405, 'Method not allowed.');
}

/** Stores points at the nearest 30 seconds, where the last one replaces earlier ones. Returns them with these times. */
function store({ options, state }: Context, page: Page, row: Row, points: Point[]): Point[] {
	const now = Date.now() / 1000;
	const isOld = ({ timestamp }: Point) => timestamp < now - OLDEST_SECONDS;
	if (options.oldData === 'refused' && points.some(isOld)) throw new ApiError(422, 'Timestamp is too old');
	const data = page.metricData.get(row.id) ?? new Map<number, number>();
	page.metricData.set(row.id, data);
	return points
		.filter((entry) => !isOld(entry))
		.map(({ timestamp, value }) => {
			const cast = Math.round(timestamp / INTERVAL_SECONDS) * INTERVAL_SECONDS;
			data.set(cast, value);
			row.most_recent_data_at = new Date(Math.max(...data.keys()) * 1000).toISOString();
			row.updated_at = state.now();
			return { timestamp: cast, value };
		});
}

const created = {
	name: text,
	metric_identifier: text,
	transform: text,
	application_id: text,
	suffix: text,
	y_axis_min: integer,
	y_axis_max: integer,
	y_axis_hidden: flag,
	display: flag,
	decimal_places: integer,
	tooltip_description: text,
};

/** Pingdom's list is from a recorded response. The documented list is that of the others. */
const TRANSFORMS: Record<string, string[]> = { Pingdom: ['response_time', 'uptime'] };
const DOCUMENTED_TRANSFORMS = ['average', 'count', 'max', 'min', 'sum'];

function create(context: Context) {
	const page = pageIn(context);
	const provider = one(page.metricProviders, context.params.metrics_provider_id);
	const { transform, application_id, ...wanted } = context.body.metric as Json;
	if (!wanted.name) throw new ApiError(422, "Name can't be blank");
	if (provider.type === 'NewRelic' && !application_id) throw new ApiError(422, "Application can't be blank");
	const transforms = TRANSFORMS[String(provider.type)] ?? DOCUMENTED_TRANSFORMS;
	if (transform !== undefined && !transforms.includes(String(transform)))
		throw new ApiError(422, `Transform must be one of ${transforms.join('|')}`);
	const row = metricRow(context.state.newId(), '', provider.id, context.state.now());
	Object.assign(row, wanted);
	page.metrics.set(row.id, row);
	return { status: 201, body: row };
}

export const metricRoutes: Route[] = [
	{
		methods: ['POST'],
		path: `${PATH}/data`,
		body: fields({ data: { type: 'object', additionalProperties: { type: 'array', items: point } } }, ['data']),
		handle(context) {
			const page = pageIn(context);
			const data = Object.entries(context.body.data as Record<string, Point[]>);
			const rows = data.map(([id, points]) => ({ row: one(page.metrics, id), points }));
			for (const { row } of rows) requireOwnData(page, row);
			const stored = rows.map(({ row, points }) => [row.id, store(context, page, row, points)] as const);
			return { status: 202, body: Object.fromEntries(stored) };
		},
	},
	{
		methods: ['GET'],
		path: PATH,
		query: paging,
		handle: (context) => ok(paged(context, pageIn(context).metrics.values())),
	},
	{ methods: ['GET'], path: ONE, handle: (context) => ok(metricIn(context).row) },
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body: fields({ metric: fields({ name: text, metric_identifier: text }) }, ['metric']),
		handle(context) {
			const { row } = metricIn(context);
			const wanted = context.body.metric as Json;
			if (wanted.name === '') throw new ApiError(422, "Name can't be blank");
			return ok(Object.assign(row, wanted, { updated_at: context.state.now() }));
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { page, row } = metricIn(context);
			deleteMetric(page, row.id);
			return ok(row);
		},
	},
	{
		methods: ['DELETE'],
		path: `${ONE}/data`,
		handle(context) {
			const { page, row } = metricIn(context);
			page.metricData.delete(row.id);
			return ok(Object.assign(row, { most_recent_data_at: null, updated_at: context.state.now() }));
		},
	},
	{
		methods: ['POST'],
		path: `${ONE}/data`,
		body: fields({ data: point }, ['data']),
		handle(context) {
			const { page, row } = metricIn(context);
			requireOwnData(page, row);
			const [data = context.body.data] = store(context, page, row, [context.body.data as Point]);
			return { status: 201, body: { data } };
		},
	},
	{ methods: ['GET'], path: OF_PROVIDER, query: paging, handle: (context) => ok(paged(context, ofProvider(context))) },
	{ methods: ['POST'], path: OF_PROVIDER, body: fields({ metric: fields(created) }, ['metric']), handle: create },
];
