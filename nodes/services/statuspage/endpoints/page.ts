import { filledText, flag, many, object, one, optional, text, type Answer } from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const EMBED_CONFIG = `${PAGE}/status_embed_config` as const;

const page = object({
	id: filledText,
	name: filledText,
	subdomain: optional(text),
	domain: optional(text),
	viewers_must_be_team_members: optional(flag),
	ip_restrictions: optional(text),
});

/** A status page. */
export type Page = ReturnType<typeof page>;

const thePage = one(page, 'page', 'pageId');

const EMBED_TEXTS = {
	position: optional(text),
	incident_background_color: optional(text),
	incident_text_color: optional(text),
	maintenance_background_color: optional(text),
	maintenance_text_color: optional(text),
};
const embedConfig = object({ page_id: optional(text), ...EMBED_TEXTS });

/** It has no ID of its own. */
const theEmbedConfig: Answer<ReturnType<typeof embedConfig>> = (body, { pageId }) => {
	const row = embedConfig(body, 'the embed configuration');
	const { page_id: id } = row;
	if (typeof id === 'string' && id !== pageId) throw new NotUnderstood(`it is about page ${id} instead of ${pageId}`);
	if (!Object.keys(EMBED_TEXTS).some((name) => name in row))
		throw new NotUnderstood('the embed configuration has none of its fields');
	return row;
};

export const pageEndpoints = {
	listPages: { method: 'GET', path: '/pages', answer: many(page, 'page'), noun: 'pages' },
	getPage: { method: 'GET', path: PAGE, answer: thePage, noun: 'page' },
	updatePage: { method: 'PATCH', path: PAGE, envelope: 'page', answer: thePage, noun: 'page' },
	getEmbedConfig: {
		method: 'GET',
		path: EMBED_CONFIG,
		answer: theEmbedConfig,
		noun: 'embed configuration of page',
	},
	updateEmbedConfig: {
		method: 'PATCH',
		path: EMBED_CONFIG,
		envelope: 'status_embed_config',
		answer: theEmbedConfig,
		noun: 'embed configuration of page',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
