import {
	ApiError,
	fields,
	flag,
	ok,
	optionalText,
	pageIn,
	text,
	type Context,
	type Route,
	type Schema,
} from '../route.mts';
import type { Json } from '../state.mts';

const COLORS = [
	'body_background_color',
	'font_color',
	'light_font_color',
	'greens',
	'yellows',
	'oranges',
	'reds',
	'blues',
	'border_color',
	'graph_color',
	'link_color',
	'no_data',
];
const FLAGS = [
	'hidden_from_search',
	'viewers_must_be_team_members',
	'allow_page_subscribers',
	'allow_incident_subscribers',
	'allow_email_subscribers',
	'allow_sms_subscribers',
	'allow_rss_atom_feeds',
	'allow_webhook_subscribers',
];
const allOf = (names: string[], schema: Schema) => Object.fromEntries(names.map((name) => [name, schema]));

const pageBody = fields(
	{
		page: fields({
			name: text,
			domain: optionalText,
			subdomain: text,
			url: optionalText,
			branding: { type: 'string', enum: ['basic', 'premium'] },
			...allOf(
				COLORS.map((color) => `css_${color}`),
				text,
			),
			...allOf(FLAGS, flag),
			notifications_from_email: optionalText,
			time_zone: text,
			notifications_email_footer: optionalText,
		}),
	},
	['page'],
);

const EMBED_TEXTS = [
	'position',
	'incident_background_color',
	'incident_text_color',
	'maintenance_background_color',
	'maintenance_text_color',
];
const embedBody = fields({ status_embed_config: fields(allOf(EMBED_TEXTS, text)) }, ['status_embed_config']);

function embedRow(context: Context): Json {
	const { row, embedConfig } = pageIn(context);
	return { page_id: row.id, ...embedConfig };
}

/** Routes for pages, their embed configuration and their read-only lists. */
export const pageRoutes: Route[] = [
	// Has no paging parameters.
	{ methods: ['GET'], path: '/pages', handle: ({ state }) => ok([...state.pages.values()].map(({ row }) => row)) },
	{ methods: ['GET'], path: '/pages/:page_id', handle: (context) => ok(pageIn(context).row) },
	{
		methods: ['PATCH', 'PUT'],
		path: '/pages/:page_id',
		body: pageBody,
		handle(context) {
			const { row } = pageIn(context);
			const wanted = context.body.page as Json;
			if (wanted.name === '') throw new ApiError(422, "Name can't be blank");
			if (wanted.subdomain === '') throw new ApiError(422, "Subdomain can't be blank");
			const others = [...context.state.pages.values()].filter(({ row: { id } }) => id !== row.id);
			if (others.some((other) => other.row.subdomain === wanted.subdomain))
				throw new ApiError(422, 'Subdomain has already been taken');
			Object.assign(row, wanted, { updated_at: context.state.now() });
			return ok(row);
		},
	},
	{ methods: ['GET'], path: '/pages/:page_id/status_embed_config', handle: (context) => ok(embedRow(context)) },
	{
		methods: ['PATCH', 'PUT'],
		path: '/pages/:page_id/status_embed_config',
		body: embedBody,
		handle(context) {
			Object.assign(pageIn(context).embedConfig, context.body.status_embed_config);
			return ok(embedRow(context));
		},
	},
];
