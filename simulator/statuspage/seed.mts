import { generator } from '../generator.mts';
import type { Options } from '../options.mts';
import { seedIncidents } from './seedIncidents.mts';
import { COMPONENT_NAMES, FIRST_NAMES, GROUP_NAMES, LAST_NAMES, METRIC_NAMES, REGIONS } from './seedNames.mts';
import { seedTemplates } from './seedTemplates.mts';
import { metricProviderRow, metricRow } from './metricRows.mts';
import { setGroupsOfViewer, type Component, type Member, type Page, type Row, type State } from './state.mts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const LINKED_MODES = [
	['sms', { phone_number: '2025550105', phone_country: 'US', display_phone_number: '+1 (202) 555-0105' }],
	['webhook', { endpoint: 'https://hooks.example.com/status' }],
	['slack', { workspace_name: 'Northwind', obfuscated_channel_name: 's****s' }],
	['teams', {}],
] as const;
const STATES = ['active', 'unconfirmed', 'quarantined'] as const;

const SEEDED_AT = '2026-01-05T09:00:00.000Z';

function pageRow(id: string, name: string, subdomain: string): Row {
	const settings = [
		'hidden_from_search',
		'allow_page_subscribers',
		'allow_incident_subscribers',
		'allow_email_subscribers',
		'allow_sms_subscribers',
		'allow_rss_atom_feeds',
		'allow_webhook_subscribers',
	];
	const colors = [
		'body_background_color',
		'font_color',
		'light_font_color',
		'greens',
		'yellows',
		'oranges',
		'blues',
		'reds',
		'border_color',
		'graph_color',
		'link_color',
		'no_data',
	];
	const pictures = ['favicon_logo', 'transactional_logo', 'hero_cover', 'email_logo', 'twitter_logo'];
	return {
		id,
		created_at: SEEDED_AT,
		updated_at: SEEDED_AT,
		name,
		page_description: `Status of ${name}`,
		headline: null,
		branding: 'basic',
		subdomain,
		domain: null,
		url: 'https://www.example.com',
		support_url: null,
		...Object.fromEntries(settings.map((setting) => [setting, setting !== 'hidden_from_search'])),
		notifications_from_email: null,
		notifications_email_footer: null,
		activity_score: 10,
		twitter_username: null,
		viewers_must_be_team_members: false,
		ip_restrictions: null,
		city: null,
		state: null,
		country: null,
		time_zone: 'UTC',
		...Object.fromEntries(colors.map((color) => [`css_${color}`, null])),
		...Object.fromEntries(pictures.map((picture) => [picture, null])),
	};
}

function emptyPage(row: Row, hasRoles: boolean): Page {
	const page: Page = {
		row,
		hasRoles,
		viewers: new Map(),
		emails: new Map(),
		groups: new Map(),
		components: new Map(),
		metrics: new Map(),
		metricData: new Map(),
		subscribers: new Map(),
		unsubscribed: [],
		incidents: new Map(),
		templates: new Map(),
		metricProviders: new Map(),
		embedConfig: {
			position: 'bottom-left',
			incident_background_color: '#ff7d66',
			incident_text_color: '#ffffff',
			maintenance_background_color: '#3498db',
			maintenance_text_color: '#ffffff',
		},
	};
	return page;
}

export function seededState(options: Options): State {
	const random = generator(options.seed);
	const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const newId = () => Array.from({ length: 12 }, () => pick([...LETTERS])).join('');
	const times = { created_at: SEEDED_AT, updated_at: SEEDED_AT };

	const main = emptyPage(pageRow(newId(), 'Northwind Status', 'northwind'), true);
	const others = [
		emptyPage(pageRow(newId(), 'Northwind Public', 'northwind-public'), true),
		emptyPage(pageRow(newId(), 'Northwind Internal', 'northwind-internal'), false),
	];

	for (let index = 0; index < options.groups; index++) {
		const id = newId();
		const name = GROUP_NAMES[index] ?? `Customer ${index + 1}`;
		// Two groups have the external identifier of an identity provider.
		const external_identifier = index === 4 || index === 8 ? `idp-${name.toLowerCase().replace(/\W+/g, '-')}` : null;
		main.groups.set(id, {
			id,
			name,
			external_identifier,
			viewerIds: new Set(),
			componentIds: new Set(),
			metricIds: new Set(),
			...times,
		});
	}

	const componentGroups = REGIONS.slice(0, Math.min(REGIONS.length, Math.floor(options.components / 8)));
	const groupRows: Component[] = componentGroups.map((name, index) => component(newId(), name, index, null, true));
	for (const row of groupRows) main.components.set(row.id, row);
	for (let index = groupRows.length; index < options.components; index++) {
		const parent = index % 3 === 0 ? undefined : groupRows[index % Math.max(1, groupRows.length)];
		const serial = Math.floor(index / COMPONENT_NAMES.length);
		const name = `${COMPONENT_NAMES[index % COMPONENT_NAMES.length]}${serial === 0 ? '' : ` ${serial + 1}`}`;
		const row = component(newId(), name, index, parent?.id ?? null, false);
		main.components.set(row.id, row);
	}
	for (let index = 0; index < options.metrics; index++) {
		const id = newId();
		main.metrics.set(id, metricRow(id, METRIC_NAMES[index] ?? `Metric ${index + 1}`, null, SEEDED_AT));
	}

	const groupIds = [...main.groups.keys()];
	for (let index = 0; index < options.viewers; index++) {
		const [first, last] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
		const plus = index % 97 === 0 ? '+status' : '';
		const address = `${first}.${last}.${index}${plus}@example.com`;
		const email = index % 50 === 0 ? address : address.toLowerCase();
		const id = newId();
		const viewer = {
			id,
			email,
			external_login: index % 7 === 0 ? null : `u${100000 + index}`,
			subscribe_to_components: false,
			groupIds: new Set<string>(),
			componentIds: new Set<string>(),
			metricIds: new Set<string>(),
			...times,
		};
		main.viewers.set(id, viewer);
		main.emails.set(options.takenEmails === 'any-case' ? email.toLowerCase() : email, id);
		const own = groupIds.filter(() => random() < 1.5 / Math.max(1, groupIds.length));
		setGroupsOfViewer(main, viewer, own.slice(0, 3));
	}
	const viewers = [...main.viewers.values()];
	for (let index = 0; index < options.subscribers; index++) {
		const id = newId();
		// Some subscribers are viewers. A few have no email or are not active.
		const viewer = index % 5 === 4 ? viewers[Math.floor(random() * viewers.length)] : undefined;
		const mode = index % 25 === 24 && !viewer ? 'slack' : 'email';
		const row = {
			id,
			mode,
			...(mode === 'slack'
				? { workspace_name: 'Northwind', obfuscated_channel_name: 's****s' }
				: { email: viewer?.email ?? `subscriber.${index}@example.com` }),
			skip_confirmation_notification: false,
			quarantined_at: index % 40 === 39 ? SEEDED_AT : null,
			purge_at: null,
			components: [],
			page_access_user_id: viewer?.id ?? null,
			created_at: SEEDED_AT,
		};
		main.subscribers.set(id, {
			row,
			state: index % 40 === 39 ? 'quarantined' : index % 40 === 19 ? 'unconfirmed' : 'active',
		});
	}

	const organizationId = newId();
	const pages = [main, ...others];
	const members = new Map<string, Member>();
	for (let index = 0; index < options.members; index++) {
		const id = newId();
		const [first_name, last_name] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
		const email = `${first_name}.${last_name}.team${index}@example.com`.toLowerCase();
		const permissions: Member['permissions'] = new Map();
		for (const page of pages) {
			if (random() < 0.3) continue;
			const roles = {
				page_configuration: random() < 0.3,
				incident_manager: random() < 0.6,
				maintenance_manager: random() < 0.5,
			};
			permissions.set(page.row.id, page.hasRoles ? roles : {});
		}
		members.set(id, {
			row: { id, organization_id: organizationId, email, first_name, last_name, ...times },
			permissions,
		});
	}
	for (const [index, viewer] of viewers.slice(1, 1 + options.linkedSubscribers).entries()) {
		const [mode, contact] = LINKED_MODES[index % LINKED_MODES.length] as (typeof LINKED_MODES)[number];
		const state = STATES[index % STATES.length] as (typeof STATES)[number];
		const id = newId();
		const row = {
			id,
			mode,
			...contact,
			skip_confirmation_notification: false,
			quarantined_at: state === 'quarantined' ? SEEDED_AT : null,
			purge_at: null,
			components: [],
			page_access_user_id: viewer.id,
			created_at: SEEDED_AT,
		};
		main.subscribers.set(id, { row, state });
	}
	seedIncidents(main, options.incidents, newId);
	seedTemplates(main, options.templates, newId);
	// The last metric belongs to a provider whose metrics take no data. All others take data.
	const [own, external] = ['Self', 'Pingdom'].map((type) => metricProviderRow(newId(), type, main.row.id, SEEDED_AT));
	for (const provider of [own, external]) if (provider) main.metricProviders.set(provider.id, provider);
	const metrics = [...main.metrics.values()];
	for (const row of metrics) row.metrics_provider_id = (row === metrics.at(-1) ? external : own)?.id;
	for (let index = 1; index <= options.vendors; index++) {
		const page = emptyPage(pageRow(newId(), `Vendor ${index}`, `vendor-${index}`), false);
		for (const [position, name] of COMPONENT_NAMES.slice(0, 3).entries()) {
			const row = component(newId(), name, position, null, false);
			page.components.set(row.id, row);
		}
		pages.push(page);
	}
	return {
		organizationId,
		pages: new Map(pages.map((page) => [page.row.id, page])),
		members,
		newId,
		now: () => new Date().toISOString(),
	};
}

export function component(
	id: string,
	name: string,
	position: number,
	group_id: string | null,
	group: boolean,
): Component {
	return {
		id,
		page_id: undefined,
		group_id,
		created_at: SEEDED_AT,
		updated_at: SEEDED_AT,
		group,
		name,
		description: null,
		position,
		status: 'operational',
		showcase: !group,
		only_show_if_degraded: false,
		automation_email: null,
		start_date: group ? null : '2025-01-01',
	};
}
