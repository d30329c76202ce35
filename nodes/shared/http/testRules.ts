import type { ICredentialTestRequest } from 'n8n-workflow';

type Rules = NonNullable<ICredentialTestRequest['rules']>;
type Rule = Rules[number];

export interface TestRules {
	/** The name of the service. */
	service: string;
	/** Messages by status. */
	messages: Record<number, string>;
	/** For an answer that does not come from the API. */
	wrongPlace: string;
}

const REDIRECTS = [301, 302, 303, 307, 308];
const OUTAGES = [500, 502, 503, 504];
/** First characters of HTML pages. Answers of the API start with a bracket. */
const BEGINNINGS_OF_PAGES = ['<', '\n', '\r', ' ', '\t', '\uFEFF'];

/** The messages of a credential test, for each status, and for an HTML page with status 200. */
export function testRules({ service, messages, wrongPlace }: TestRules): Rules {
	const forStatus = (value: number, message: string): Rule => ({
		type: 'responseCode',
		properties: { value, message },
	});
	const rules: Rule[] = [
		...REDIRECTS.map((status) =>
			forStatus(status, `This Base URL redirects to another address, which would get the API key. ${wrongPlace}`),
		),
		...OUTAGES.map((status) =>
			forStatus(
				status,
				`${service} has an outage at the moment (${status}). Nothing is known about this API key. Try again later`,
			),
		),
		...Object.entries(messages).map(([status, message]) => forStatus(Number(status), message)),
		// n8n treats a text as a list of characters here.
		...BEGINNINGS_OF_PAGES.map(
			(value): Rule => ({
				type: 'responseSuccessBody',
				properties: { key: '0', value, message: `This Base URL answers with a page of HTML. ${wrongPlace}` },
			}),
		),
	];
	// The type allows only rules of one kind, but n8n checks each rule.
	return rules as Rules;
}
