import type { IDataObject } from 'n8n-workflow';
import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { updatesIn } from '../../../services/statuspage/incidentParts';
import { incident } from '../../../services/statuspage/objects/incident';
import { page } from '../../../services/statuspage/objects/page';
import { findLostWrite } from '../../../shared/client/findLostWrite';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import { asError, mayHaveArrived } from '../../../shared/http/failures';
import { requireId } from '../../../shared/operations/locator';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { textsOf } from './incidentBody';
import { deliverNotifications, message } from './incidentFields';

const incidentUpdateId: Field = {
	displayName: 'Update ID',
	name: 'incidentUpdateId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. kctbh9vrtdwd',
	description: "ID of the update. 'Get' returns that of the newest one, and with 'Simplify' off those of all updates.",
};

const SIMPLE_FIELDS = [
	'id',
	'incident_id',
	'status',
	'body',
	'display_at',
	'deliver_notifications',
	'wants_twitter_update',
	'updated_at',
	'note',
];

const changedUpdateFields = updateFieldsField(
	[
		{
			displayName: 'Displayed Time',
			name: 'displayAt',
			type: 'dateTime',
			accepts: 'instant',
			default: '',
			description: 'Time shown on the page. A time without a time zone is in the time zone of the workflow.',
		},
		{ ...message, description: 'New text of the update, with at most 25,000 characters' },
		{
			displayName: 'Tweet',
			name: 'wantsTwitterUpdate',
			type: 'boolean',
			default: false,
			description: 'Whether to tweet the update',
		},
	],
	{ required: true, whenEmpty: 'rejected' },
);

/** The fields to send, named as in the API. Throws Failure if there are none, or one is invalid. */
function bodyOf(input: StatuspageInput): IDataObject {
	const values = input.values.collection('updateFields');
	if (values.names.length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
	const { body } = textsOf(input, values, values);
	return {
		...(body === undefined ? {} : { body }),
		...(values.has('displayAt') ? { display_at: values.text('displayAt') } : {}),
		...(values.has('wantsTwitterUpdate') ? { wants_twitter_update: values.flag('wantsTwitterUpdate') } : {}),
		deliver_notifications: input.values.flag('deliverNotifications'),
	};
}

function updateIdOf(input: StatuspageInput): string {
	const id = input.values.text('incidentUpdateId');
	try {
		requireId(id);
	} catch (error) {
		throw input.invalid('incidentUpdateId', asError(error).message);
	}
	return id;
}

interface UpdateIds {
	pageId: string;
	incidentId: string;
	incidentUpdateId: string;
}

function isAsWanted(update: IDataObject, { body, display_at: at, wants_twitter_update: tweets }: IDataObject): boolean {
	return (
		(body === undefined || String(update.body ?? '').trim() === String(body).trim()) &&
		(at === undefined || Date.parse(String(update.display_at)) === Date.parse(String(at))) &&
		(tweets === undefined || update.wants_twitter_update === tweets)
	);
}

/** Sends the change once. If the answer is lost, the update is read. */
async function editOnce(api: StatuspageApi, ids: UpdateIds, body: IDataObject): Promise<IDataObject> {
	try {
		return await api.call('updateIncidentUpdate', ids, { body });
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		const { pageId, incidentId, incidentUpdateId: id } = ids;
		const update = await findLostWrite(api, error, {
			find: async () => {
				const row = updatesIn(await api.call('getIncident', { pageId, incidentId }))?.find((entry) => entry.id === id);
				return row && isAsWanted(row, body) ? row : undefined;
			},
			notFound: 'The update does not have the new values',
			subject: `incident ${incidentId}`,
		});
		return { ...update, note: 'The answer was lost, but the update has the new values.' };
	}
}

export const editUpdate: StatuspageOperation = {
	value: 'editUpdate',
	name: 'Edit Update',
	action: 'Edit update of incident',
	description: 'Correct the message or the time of an update that was already posted',
	effects:
		"The change appears on the page immediately. The status of the update can't be changed. Subscribers are only notified with 'Deliver Notifications'. Notifications can't be taken back. To undo, you need the previous text.",
	isReadOnly: false,
	uses: ['updateIncidentUpdate', 'getIncident'],
	fields: [
		page.locator,
		incident.locator,
		incidentUpdateId,
		{
			...deliverNotifications,
			default: false,
			description: 'Whether to notify subscribers about this correction',
		},
		changedUpdateFields,
		simplifyField,
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const body = bodyOf(input);
		const updateId = updateIdOf(input);
		const pageId = await input.pageId();
		const ids = { pageId, incidentId: await input.idOf(incident, { pageId }), incidentUpdateId: updateId };
		return simplified(input.values, await editOnce(input.api, ids, body), SIMPLE_FIELDS);
	},
};
