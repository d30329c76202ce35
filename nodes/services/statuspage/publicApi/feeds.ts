import { filledText, flag, listOf, nullable, object, optional, text, type Check } from '../../../shared/client/answer';

/** The page of a feed. `time_zone` is missing in copies of this API by other vendors. */
const page = object({ id: filledText, name: optional(text), url: optional(text), updated_at: optional(text) });

const status = object({ indicator: filledText, description: optional(text) });

/** A component, or a component group if `group` is true. */
const component = object({
	id: filledText,
	name: text,
	status: text,
	group: optional(flag),
	group_id: optional(nullable(text)),
});

const update = object({
	id: filledText,
	status: text,
	body: optional(text),
	affected_components: optional(listOf(object({ code: optional(text), name: optional(text) }), 'affected component')),
});

/** An incident or a maintenance. Its updates begin with the newest. Its components can be missing, which is not the same as none. */
const incident = object({
	id: filledText,
	name: text,
	status: text,
	impact: optional(text),
	shortlink: optional(text),
	incident_updates: listOf(update, 'update'),
	components: optional(listOf(object({ id: filledText, name: optional(text), status: optional(text) }), 'component')),
	scheduled_for: optional(text),
	scheduled_until: optional(text),
});

export type PublicPage = ReturnType<typeof page>;
export type PublicStatus = ReturnType<typeof status>;
export type PublicComponent = ReturnType<typeof component>;
export type PublicUpdate = ReturnType<typeof update>;
/** Also a maintenance, which has `scheduled_for` and statuses of its own. */
export type PublicIncident = ReturnType<typeof incident>;

const components = listOf(component, 'component');
const incidents = listOf(incident, 'incident');
const maintenances = listOf(incident, 'maintenance');

/**
 * The feeds of a page, below /api/v2. Each contains the page. A feed of incidents or maintenances has the 50 newest, and no paging.
 * A missing list is never read as an empty one.
 */
export const feeds = {
	activeMaintenances: {
		path: 'scheduled-maintenances/active.json',
		check: object({ page, scheduled_maintenances: maintenances }),
	},
	components: { path: 'components.json', check: object({ page, components }) },
	/** Incidents in all states, without maintenances. */
	incidents: { path: 'incidents.json', check: object({ page, incidents }) },
	maintenances: { path: 'scheduled-maintenances.json', check: object({ page, scheduled_maintenances: maintenances }) },
	status: { path: 'status.json', check: object({ page, status }) },
	/** Its incidents are those that are not resolved, and its maintenances those that are not completed. */
	summary: {
		path: 'summary.json',
		check: object({ page, status, components, incidents, scheduled_maintenances: maintenances }),
	},
	unresolvedIncidents: { path: 'incidents/unresolved.json', check: object({ page, incidents }) },
	upcomingMaintenances: {
		path: 'scheduled-maintenances/upcoming.json',
		check: object({ page, scheduled_maintenances: maintenances }),
	},
} as const satisfies Record<string, { path: string; check: Check<{ page: PublicPage }> }>;

export type FeedName = keyof typeof feeds;
/** The content of a feed. */
export type Feed<Name extends FeedName> = ReturnType<(typeof feeds)[Name]['check']>;

/** The largest number of incidents or maintenances in a feed. */
export const MOST_IN_FEED = 50;
