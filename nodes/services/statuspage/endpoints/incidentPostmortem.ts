import type { IDataObject } from 'n8n-workflow';
import { object, optional, removal, text } from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const POSTMORTEM = `${PAGE}/incidents/{incidentId}/postmortem` as const;

const texts = object({ body: optional(text), body_draft: optional(text) });

/** A postmortem, without its preview key. It has no ID of its own. Other fields can be missing or null, and are checked where they are used. */
function postmortem(value: unknown): IDataObject & ReturnType<typeof texts> {
	const row = texts(value, 'the postmortem');
	if (row.body === undefined && row.body_draft === undefined)
		throw new NotUnderstood('the postmortem contains neither a body nor a body_draft');
	// What the preview key opens is not documented. It may be the draft, so the key counts as a secret.
	const withoutKey = { ...row };
	delete withoutKey.preview_key;
	return withoutKey;
}

export type Postmortem = ReturnType<typeof postmortem>;

const NOUN = 'postmortem of incident';

/** Creating, publishing and reverting are PUT. */
export const incidentPostmortemEndpoints = {
	getPostmortem: { method: 'GET', path: POSTMORTEM, answer: postmortem, noun: NOUN },
	/** Only saves the draft. The page does not show it. */
	savePostmortemDraft: {
		method: 'PUT',
		path: POSTMORTEM,
		envelope: 'postmortem',
		answer: postmortem,
		noun: NOUN,
	},
	deletePostmortem: {
		method: 'DELETE',
		path: POSTMORTEM,
		answer: removal(),
		settledBy: { get: 'getPostmortem' },
		noun: NOUN,
	},
	// Sending it twice would notify subscribers twice.
	publishPostmortem: {
		method: 'PUT',
		path: `${POSTMORTEM}/publish`,
		envelope: 'postmortem',
		answer: postmortem,
		noun: NOUN,
		isRepeatable: false,
	},
	revertPostmortem: { method: 'PUT', path: `${POSTMORTEM}/revert`, answer: postmortem, noun: NOUN },
} as const satisfies Record<string, StatuspageEndpoint>;
