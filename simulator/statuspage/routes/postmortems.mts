import { newUpdate } from '../incidents.mts';
import { ApiError, fields, flag, notFound, ok, one, pageIn, text, type Context, type Route } from '../route.mts';
import type { Incident, Json } from '../state.mts';

const PATH = '/pages/:page_id/incidents/:incident_id/postmortem';

const draftBody = fields({ postmortem: fields({ body_draft: text }, ['body_draft']) }, ['postmortem']);
const publishBody = fields(
	{ postmortem: fields({ notify_twitter: flag, notify_subscribers: flag, custom_tweet: text }) },
	['postmortem'],
);

function incidentIn(context: Context): Incident {
	return one(pageIn(context).incidents, context.params.incident_id);
}

function postmortemIn(context: Context): { incident: Incident; postmortem: Json } {
	const incident = incidentIn(context);
	if (!incident.postmortem) throw notFound();
	return { incident, postmortem: incident.postmortem };
}

/** A postmortem without texts. Its keys are those of the document. */
export function newPostmortem(previewKey: string, at: string): Json {
	return {
		preview_key: previewKey,
		body: null,
		body_updated_at: null,
		body_draft: null,
		body_draft_updated_at: null,
		published_at: null,
		notify_subscribers: false,
		notify_twitter: false,
		custom_tweet: null,
		created_at: at,
		updated_at: at,
	};
}

const isBlank = (value: unknown) => typeof value !== 'string' || value.trim() === '';

/** As recorded: the status becomes postmortem, and there is an update with the text. */
function showOnPage({ state }: Context, { row, updates }: Incident, postmortem: Json): void {
	const now = state.now();
	const shown = updates.find(({ status }) => status === 'postmortem');
	if (shown) Object.assign(shown, { body: postmortem.body, updated_at: now });
	else
		updates.unshift(
			newUpdate({
				id: state.newId(),
				incidentId: row.id,
				status: 'postmortem',
				body: postmortem.body,
				at: now,
				affected: [],
				delivers: postmortem.notify_subscribers,
			}),
		);
	Object.assign(row, {
		status: 'postmortem',
		updated_at: now,
		postmortem_body: postmortem.body,
		postmortem_body_last_updated_at: now,
		postmortem_published_at: postmortem.published_at,
		postmortem_notified_subscribers: postmortem.notify_subscribers,
		postmortem_notified_twitter: postmortem.notify_twitter,
	});
}

/** The incident is closed again. It isn't documented which status it gets. */
function removeFromPage({ state }: Context, { row, updates }: Incident): void {
	const index = updates.findIndex(({ status }) => status === 'postmortem');
	if (index !== -1) updates.splice(index, 1);
	if (row.status === 'postmortem') row.status = row.scheduled_for ? 'completed' : 'resolved';
	Object.assign(row, {
		updated_at: state.now(),
		postmortem_body: null,
		postmortem_body_last_updated_at: null,
		postmortem_published_at: null,
	});
}

/** Creating, publishing and reverting are PUT. There is no POST. */
export const postmortemRoutes: Route[] = [
	{ methods: ['GET'], path: PATH, handle: (context) => ok(postmortemIn(context).postmortem) },
	{
		methods: ['PUT'],
		path: PATH,
		body: draftBody,
		handle(context) {
			const { state, body } = context;
			const incident = incidentIn(context);
			const { body_draft: draft } = body.postmortem as Json;
			if (isBlank(draft)) throw new ApiError(400, "Body draft can't be blank");
			const now = state.now();
			incident.postmortem ??= newPostmortem(state.newId(), now);
			Object.assign(incident.postmortem, { body_draft: draft, body_draft_updated_at: now, updated_at: now });
			return ok(incident.postmortem);
		},
	},
	{
		methods: ['DELETE'],
		path: PATH,
		handle(context) {
			const { incident, postmortem } = postmortemIn(context);
			if (postmortem.published_at !== null) removeFromPage(context, incident);
			delete incident.postmortem;
			return { status: 204 };
		},
	},
	{
		methods: ['PUT'],
		path: `${PATH}/publish`,
		body: publishBody,
		handle(context) {
			const { options, state, body } = context;
			const { incident, postmortem } = postmortemIn(context);
			const now = state.now();
			if (!isBlank(postmortem.body_draft))
				Object.assign(postmortem, { body: postmortem.body_draft, body_updated_at: now });
			if (isBlank(postmortem.body)) throw new ApiError(400, "Body can't be blank");
			if (options.publishedDrafts === 'cleared') postmortem.body_draft = null;
			if (postmortem.published_at === null || options.publishedAgain === 'new-date') postmortem.published_at = now;
			// Without the choice, nobody is notified.
			Object.assign(postmortem, { notify_subscribers: false, notify_twitter: false, updated_at: now }, body.postmortem);
			showOnPage(context, incident, postmortem);
			return ok(postmortem);
		},
	},
	{
		methods: ['PUT'],
		path: `${PATH}/revert`,
		handle(context) {
			const { incident, postmortem } = postmortemIn(context);
			if (postmortem.published_at === null) throw new ApiError(400, 'Postmortem is not published');
			if (isBlank(postmortem.body_draft)) postmortem.body_draft = postmortem.body;
			Object.assign(postmortem, {
				body: null,
				body_updated_at: null,
				published_at: null,
				updated_at: context.state.now(),
			});
			removeFromPage(context, incident);
			return ok(postmortem);
		},
	},
];
