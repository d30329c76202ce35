import { filledText, flag, many, object, one, optional, text } from '../../../shared/client/answer';
import { PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

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

export const pageEndpoints = {
	listPages: { method: 'GET', path: '/pages', answer: many(page, 'page'), noun: 'pages' },
	getPage: { method: 'GET', path: PAGE, answer: one(page, 'page', 'pageId'), noun: 'page' },
} as const satisfies Record<string, StatuspageEndpoint>;
