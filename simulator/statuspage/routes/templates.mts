import { ApiError, fields, flag, idList, knownIds, ok, paged, pageIn, paging, text, type Route } from '../route.mts';
import type { Json, Row } from '../state.mts';

const PATH = '/pages/:page_id/incident_templates';
const STATUSES = [
	'investigating',
	'identified',
	'monitoring',
	'resolved',
	'scheduled',
	'in_progress',
	'verifying',
	'completed',
];

const template = fields({
	name: text,
	title: text,
	body: text,
	group_id: text,
	update_status: { type: 'string', enum: STATUSES },
	should_tweet: flag,
	should_send_notifications: flag,
	component_ids: idList,
});

export const templateRoutes: Route[] = [
	{
		methods: ['POST'],
		path: PATH,
		body: fields({ template }, ['template']),
		handle(context) {
			const page = pageIn(context);
			const { component_ids: ids = [], ...wanted } = context.body.template as Json;
			for (const name of ['name', 'title', 'body'])
				if (!wanted[name]) throw new ApiError(422, `${name[0].toUpperCase()}${name.slice(1)} can't be blank`);
			// Responses contain the components themselves.
			const components = knownIds(context, page.components, ids as string[], 422).map((id) => ({
				...page.components.get(id),
				page_id: page.row.id,
			}));
			const row: Row = {
				id: context.state.newId(),
				group_id: null,
				update_status: null,
				should_tweet: false,
				should_send_notifications: true,
				...wanted,
				components,
			};
			page.templates.set(row.id, row);
			return { status: 201, body: row };
		},
	},
	{
		methods: ['GET'],
		path: PATH,
		query: paging,
		handle: (context) => ok(paged(context, pageIn(context).templates.values())),
	},
];
