import type { IDataObject } from 'n8n-workflow';
import type { Postmortem } from '../../../services/statuspage/endpoints';
import { onlyFields } from '../../../shared/fields/simplify';
import type { Values } from '../../../shared/operations/values';

const FIELDS = [
	'body',
	'body_draft',
	'published_at',
	'notify_subscribers',
	'notify_twitter',
	'custom_tweet',
	'updated_at',
];

/** The postmortem with the fields that people use. */
export function simplifyPostmortem(postmortem: Postmortem): IDataObject {
	return onlyFields(postmortem, FIELDS);
}

/** The postmortem as 'Simplify' of the item sets it, with the ID of its incident, because it has no ID of its own. */
export function postmortemOutput(values: Values, incidentId: string, postmortem: Postmortem): IDataObject {
	return { incidentId, ...(values.flag('simplify', true) ? simplifyPostmortem(postmortem) : postmortem) };
}
