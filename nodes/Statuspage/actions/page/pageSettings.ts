import { sortedByLabel, type Field } from '../../../shared/fields/field';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import type { ApiFields } from '../apiFields';

type Extra = Partial<Field> & { description: string };

const text = (displayName: string, name: string, extra: Extra): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...extra,
});

/** Constants, because the lint expects a literal default. */
const ON = { type: 'boolean', default: true } as const;
const OFF = { type: 'boolean', default: false } as const;

const switchFor = (displayName: string, name: string, shown: typeof ON | typeof OFF, description: string): Field => ({
	displayName,
	name,
	...shown,
	description,
});

const color = (displayName: string, name: string, part: string): Field =>
	text(displayName, name, {
		accepts: 'color',
		whenEmpty: 'rejected',
		placeholder: 'e.g. #2fcc66',
		description: `CSS color of ${part}`,
	});

/** Field of a host name. A wrong one makes the page unreachable. */
export const HOST_FIELDS = ['domain', 'subdomain'] as const;

/** All settings that the API can change, by their names in the API. */
export const pageSettings: ApiFields = {
	name: text('Name', 'name', { whenEmpty: 'rejected', description: 'New name of the page' }),
	domain: text('Domain', 'domain', {
		placeholder: 'e.g. status.example.com',
		description:
			'Custom domain of the page, with a CNAME record to Statuspage. Changes the public address of the page immediately.',
	}),
	subdomain: text('Subdomain', 'subdomain', {
		whenEmpty: 'rejected',
		placeholder: 'e.g. example',
		description:
			'Subdomain of the page at Statuspage. Changes the public address of the page immediately, so old links can stop working.',
	}),
	url: text('Website URL', 'url', {
		placeholder: 'e.g. https://www.example.com',
		description: 'Address of your website, which the logo of the page links to',
	}),
	branding: {
		displayName: 'Branding',
		name: 'branding',
		type: 'options',
		options: [
			{ name: 'Basic', value: 'basic' },
			{ name: 'Premium', value: 'premium' },
		],
		default: 'basic',
		description: 'Main template of the page',
	},
	css_body_background_color: color('Color: Background', 'cssBodyBackgroundColor', 'the background'),
	css_font_color: color('Color: Font', 'cssFontColor', 'the font'),
	css_light_font_color: color('Color: Light Font', 'cssLightFontColor', 'the light font'),
	css_greens: color('Color: Greens', 'cssGreens', 'green elements, such as operational components'),
	css_yellows: color('Color: Yellows', 'cssYellows', 'yellow elements, such as degraded performance'),
	css_oranges: color('Color: Oranges', 'cssOranges', 'orange elements, such as partial outages'),
	css_reds: color('Color: Reds', 'cssReds', 'red elements, such as major outages'),
	css_blues: color('Color: Blues', 'cssBlues', 'blue elements, such as maintenance'),
	css_border_color: color('Color: Borders', 'cssBorderColor', 'borders'),
	css_graph_color: color('Color: Graphs', 'cssGraphColor', 'graphs'),
	css_link_color: color('Color: Links', 'cssLinkColor', 'links'),
	css_no_data: color('Color: No Data', 'cssNoData', 'days without data'),
	hidden_from_search: switchFor(
		'Hidden From Search',
		'hiddenFromSearch',
		OFF,
		'Whether to hide the page from search engines',
	),
	viewers_must_be_team_members: switchFor(
		'Viewers Must Be Team Members',
		'viewersMustBeTeamMembers',
		OFF,
		'Whether only team members can open the page',
	),
	allow_page_subscribers: switchFor(
		'Allow Page Subscribers',
		'allowPageSubscribers',
		ON,
		'Whether people can subscribe to all notifications of the page',
	),
	allow_incident_subscribers: switchFor(
		'Allow Incident Subscribers',
		'allowIncidentSubscribers',
		ON,
		'Whether people can subscribe to notifications of a single incident',
	),
	allow_email_subscribers: switchFor(
		'Allow Email Subscribers',
		'allowEmailSubscribers',
		ON,
		'Whether people can choose notifications by email',
	),
	allow_sms_subscribers: switchFor(
		'Allow SMS Subscribers',
		'allowSmsSubscribers',
		ON,
		'Whether people can choose notifications by SMS',
	),
	allow_rss_atom_feeds: switchFor(
		'Allow RSS/Atom Feeds',
		'allowRssAtomFeeds',
		ON,
		'Whether people can read incidents as RSS or Atom feeds. Has no effect on audience-specific pages.',
	),
	allow_webhook_subscribers: switchFor(
		'Allow Webhook Subscribers',
		'allowWebhookSubscribers',
		ON,
		'Whether people can choose notifications by webhook',
	),
	notifications_from_email: text('Notifications From Email', 'notificationsFromEmail', {
		accepts: 'email',
		placeholder: 'name@email.com',
		description: 'Sender of the notification emails of the page',
	}),
	time_zone: text('Time Zone', 'timeZone', {
		whenEmpty: 'rejected',
		placeholder: 'e.g. America/Chicago',
		description: 'Time zone of the page',
	}),
	notifications_email_footer: text('Notifications Email Footer', 'notificationsEmailFooter', {
		typeOptions: { rows: 3 },
		description: 'Footer of the notification emails of the page. Supports Markdown.',
	}),
};

export const pageSettingsField = updateFieldsField(sortedByLabel(Object.values(pageSettings)), { whenEmpty: 'clears' });
