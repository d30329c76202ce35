import type { IDataObject } from 'n8n-workflow';
import { choicesOf, fieldsOf, groupsOf, type Field } from '../../nodes/shared/fields/field';
import { resources } from '../../nodes/Statuspage/actions';
import { MAINTENANCE_ONLY } from '../../nodes/Statuspage/actions/incident/maintenanceFields';
import { useFastClock } from '../support/fastClock';
import { statuspageHarness, type Harness } from '../support/harness';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, worldOf, type World } from '../support/world';

useFastClock(1000);
let simulator: Simulator;
let harness: Harness;
let world: World;
beforeAll(async () => {
	simulator = await startSimulator({ limit: 100_000 });
	harness = await statuspageHarness(simulator);
	world = await worldOf(simulator);
});
afterAll(async () => await simulator.stop());

/** IDs of the objects behind a dropdown or a locator. */
function idOf({ typeOptions, modes }: Field): string {
	const method = String(
		typeOptions?.loadOptionsMethod ?? modes?.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod,
	);
	const ids: Record<string, string | undefined> = {
		ComponentGroups: world.componentGroups[0]?.id,
		Components: world.components[0]?.id,
		ComponentsOfPages: world.components[0]?.id,
		// The third template has no status, so it fits every type of incident.
		IncidentTemplates: world.templates[2]?.id,
		Incidents: world.incidents[0]?.row.id,
		MetricProviders: world.metricProviderIds[0],
		Metrics: world.metricIds[0],
		Pages: world.pageId,
		TeamMembers: world.memberId,
		ViewerGroups: world.groups[0]?.id,
		Viewers: world.viewers[0]?.id,
	};
	const id = ids[method.replace(/^(get|search)/, '')];
	if (!id) throw new Error(`No object for ${method}`);
	return id;
}

/** Options that change what a run does: a dry run sends no write, and another organization does not exist. */
const SPECIAL = ['dryRun', 'organizationId'];

const TEXTS: Partial<Record<NonNullable<Field['accepts']>, string>> = {
	day: '2026-01-31',
	partialDate: '2026-01',
	instant: '2099-01-31T22:00:00',
	timestamp: new Date().toISOString(),
	email: 'filled@example.com',
	emails: 'filled@example.com',
	emailOrText: 'filled@example.com',
};

/** Times of which one must be later than another, or in the past. */
const TIMES: Record<string, string> = { scheduledUntil: '2099-01-31T23:00:00', backfillDate: '2026-01-31' };

/** A valid value for a field; the example of its placeholder for a text. */
function valueFor(field: Field): unknown {
	const { type, accepts, placeholder = '', typeOptions = {} } = field;
	if (type === 'boolean') return true;
	if (type === 'number') return Math.max(typeOptions.minValue ?? 1, Math.min(2, typeOptions.maxValue ?? 2));
	if (type === 'json') return '{"data": {"alert": "a1"}}';
	if (type === 'dateTime') return TIMES[field.name] ?? '2099-01-31T22:00:00';
	if (type === 'resourceLocator') return locator('id', idOf(field));
	const isLoaded = typeOptions.loadOptionsMethod !== undefined;
	if (type === 'options') return isLoaded ? idOf(field) : choicesOf(field).at(-1)?.value;
	if (type === 'multiOptions') return isLoaded ? [idOf(field)] : choicesOf(field).map(({ value }) => value);
	if (accepts === 'people') return world.viewers[0].id;
	return (accepts && TEXTS[accepts]) ?? (placeholder.startsWith('e.g. ') ? placeholder.slice(5) : 'Filled');
}

/** True if the field is shown for these parameters. */
function isShown(
	{ displayOptions }: Field,
	parameters: IDataObject,
	inner: IDataObject,
	all: readonly Field[],
): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) => {
		const key = name.replace(/^\//, '');
		const scope = name.startsWith('/') ? parameters : { ...parameters, ...inner };
		const value = scope[key] ?? all.find((field) => field.name === key)?.default;
		return (wanted as unknown[]).includes(value);
	});
}

/** Values of fields that other fields depend on, and fields that do not fit them. */
interface Variant {
	given?: (world: World) => IDataObject;
	without?: string[];
}

const VARIANTS: Record<string, Variant[]> = {
	// Every viewer is in scope and would lose access.
	'access planSync': [{ given: () => ({ options: { capPercent: 100 } }), without: ['components', 'externalLogin'] }],
	'access planOffboarding': [{ without: ['externalLogin'] }],
	'incident create': ['realtime', 'scheduled', 'backfilled'].map((incidentType) => ({
		given: () => ({ incidentType }),
	})),
	'incident update': [
		{ without: [...MAINTENANCE_ONLY] },
		{
			given: ({ incidents }) => ({
				incidentId: locator('id', incidents.find(({ row }) => row.status === 'scheduled')?.row.id ?? ''),
				status: 'in_progress',
			}),
			without: ['reminderIntervals'],
		},
	],
	'incident upsert': [{ given: () => ({ status: 'investigating' }) }],
	'incidentSubscriber create': ['email', 'sms'].map((mode) => ({ given: () => ({ mode }) })),
	'metricProvider create': ['Datadog', 'Librato', 'NewRelic', 'Pingdom', 'Self'].map((type) => ({
		given: () => ({ type }),
	})),
	'subscriber create': ['email', 'sms', 'webhook', 'viewer'].map((mode) => ({ given: () => ({ mode }) })),
};

/** The parameters of the usual case, with a value in each field that is shown and has none. */
function filled(name: string, { given, without = [] }: Variant): IDataObject {
	const { fields } = harness.operation(name);
	const parameters = { ...structuredClone(harness.usual(name)), ...given?.(world) };
	const fill = (list: readonly Field[], into: IDataObject) => {
		for (const field of list) {
			if (field.type === 'notice' || !isShown(field, parameters, into, fields)) continue;
			if (without.includes(field.name) || SPECIAL.includes(field.name)) continue;
			if (field.type === 'collection') {
				const inner = { ...((into[field.name] as IDataObject | undefined) ?? {}) };
				fill(fieldsOf(field), inner);
				into[field.name] = inner;
			} else if (field.type === 'fixedCollection') {
				if (into[field.name] !== undefined) continue;
				const [group] = groupsOf(field);
				const row: IDataObject = {};
				fill(group.values, row);
				into[field.name] = { [group.name]: [row] };
			} else into[field.name] ??= valueFor(field) as IDataObject;
		}
	};
	fill(fields, parameters);
	return parameters;
}

const names = resources.flatMap(({ value, operations }) =>
	operations.map((operation) => `${value} ${operation.value}`),
);
const runs = names.flatMap((name) =>
	(VARIANTS[name] ?? [{}]).map((variant, index): [string, string, Variant] => [
		name,
		index === 0 ? '' : String(index + 1),
		variant,
	]),
);

test.each(runs)('%s runs with a value in every field %s', async (name, _, variant) => {
	const parameters = filled(name, variant);
	const { error, items, log } = await harness.run(name, parameters);
	expect(error).toBeUndefined();
	expect(items.filter((item) => 'error' in item)).toEqual([]);
	expect(await simulator.problems()).toEqual([]);
	const { isReadOnly } = harness.operation(name);
	if (!isReadOnly) expect(log.filter(({ method }) => method !== 'GET')).not.toEqual([]);
});

const MAINTENANCE_FIELDS =
	'auto_transition_deliver_notifications_at_end auto_transition_deliver_notifications_at_start auto_transition_to_maintenance_state auto_transition_to_operational_state auto_tweet_at_beginning auto_tweet_on_completion auto_tweet_on_creation auto_tweet_one_hour_before scheduled_auto_completed scheduled_auto_in_progress scheduled_for scheduled_remind_prior scheduled_until';
const INCIDENT_FIELDS = `body component_ids components deliver_notifications impact_override metadata name reminder_intervals status ${MAINTENANCE_FIELDS}`;

/**
 * The documented fields of each body. Without `scheduled_auto_transition`, which is another name of `scheduled_auto_in_progress`, and
 * without the fields of backfilled incidents in changes, which only apply to others.
 */
const DOCUMENTED: Record<string, string> = {
	'component create': 'description group_id name only_show_if_degraded showcase start_date status',
	'component update': 'description group_id name only_show_if_degraded showcase start_date status',
	'componentGroup create': 'components description name',
	'componentGroup update': 'components description name',
	'incident create': `backfill_date backfilled ${INCIDENT_FIELDS}`,
	'incident editUpdate': 'body deliver_notifications display_at wants_twitter_update',
	'incident update': INCIDENT_FIELDS,
	'incidentPostmortem create': 'body_draft',
	'incidentPostmortem publish': 'custom_tweet notify_subscribers notify_twitter',
	'incidentSubscriber create': 'email phone_country phone_number skip_confirmation_notification',
	'incidentTemplate create':
		'body component_ids group_id name should_send_notifications should_tweet title update_status',
	'metric create':
		'application_id decimal_places display metric_identifier name suffix tooltip_description transform y_axis_hidden y_axis_max y_axis_min',
	'metric update': 'metric_identifier name',
	'metricProvider create': 'api_key api_token application_key email metric_base_uri password type',
	'metricProvider update': 'metric_base_uri type',
	'page update':
		'allow_email_subscribers allow_incident_subscribers allow_page_subscribers allow_rss_atom_feeds allow_sms_subscribers allow_webhook_subscribers branding css_blues css_body_background_color css_border_color css_font_color css_graph_color css_greens css_light_font_color css_link_color css_no_data css_oranges css_reds css_yellows domain hidden_from_search name notifications_email_footer notifications_from_email subdomain time_zone url viewers_must_be_team_members',
	'page updateEmbedConfig':
		'incident_background_color incident_text_color maintenance_background_color maintenance_text_color position',
	'subscriber create':
		'component_ids email endpoint page_access_user phone_country phone_number skip_confirmation_notification',
	'teamMember create': 'email first_name last_name password',
	'viewer create': 'email external_login page_access_group_ids subscribe_to_components',
};

/** The fields of a body, without its envelope. */
function fieldsIn(body: unknown): string[] {
	const entries = Object.entries((body ?? {}) as IDataObject);
	const [[, inner] = []] = entries;
	const hasEnvelope = entries.length === 1 && typeof inner === 'object' && inner !== null && !Array.isArray(inner);
	return hasEnvelope ? Object.keys(inner) : entries.map(([name]) => name);
}

test.each(Object.entries(DOCUMENTED))('%s can send every documented field', async (name, documented) => {
	const sent = new Set<string>();
	for (const variant of VARIANTS[name] ?? [{}]) {
		const { log } = await harness.run(name, filled(name, variant));
		for (const { method, body } of log) if (method !== 'GET') for (const field of fieldsIn(body)) sent.add(field);
	}
	expect(documented.split(' ').filter((field) => !sent.has(field))).toEqual([]);
});
