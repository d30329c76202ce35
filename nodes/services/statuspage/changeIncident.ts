import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/client/answer';
import { findLostWrite } from '../../shared/client/findLostWrite';
import { withLocks } from '../../shared/client/locks';
import { asError, mayHaveArrived, type Failure } from '../../shared/http/failures';
import type { Incident } from './endpoints';
import { componentsIn, updatesIn } from './incidentParts';
import { incident } from './objects/incident';
import type { StatuspageApi } from './statuspageApi';

export interface ChangedIncident {
	before: Incident;
	after: Incident;
	/** The fields that were sent, named as in the API; `{}` if nothing was. */
	body: IDataObject;
	/** Set if the answer was lost and the change was found. */
	note?: string;
}

/** One round: the incident, the fields that were sent, and the answer or how it was lost. */
interface Round {
	before: Incident;
	body: IDataObject;
	after?: Incident;
	lost?: Failure;
}

/** Compares objects without the order of their fields. */
function isSameValue(a: unknown, b: unknown): boolean {
	const sorted = (_: string, value: unknown) =>
		isObject(value) ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1))) : value;
	return JSON.stringify(a ?? null, sorted) === JSON.stringify(b ?? null, sorted);
}

/** Responses don't contain these fields. */
const NOT_RETURNED = /^(deliver_notifications|auto_tweet_)/;
const TIMES = ['scheduled_for', 'scheduled_until'];

/** True if a field, named as in the API, has this value already. Also for fields that responses don't contain. */
export function hasValue(current: Incident, [name, value]: [string, unknown]): boolean {
	if (NOT_RETURNED.test(name)) return true;
	const components = componentsIn(current) ?? [];
	if (name === 'component_ids')
		return (value as string[]).every((wanted) => components.some(({ id }) => id === wanted));
	if (name === 'components')
		return Object.entries(value as IDataObject).every(([wanted, status]) =>
			components.some((component) => component.id === wanted && component.status === status),
		);
	if (TIMES.includes(name)) return Date.parse(String(current[name])) === Date.parse(String(value));
	return isSameValue(current[name], value);
}

/** True if the incident shows that the change was made: a new update with the message, or otherwise the fields. */
function wasChanged({ before, body }: Round, current: Incident): boolean {
	const { body: message, ...fields } = body;
	if (message === undefined) return Object.entries(fields).every((field) => hasValue(current, field));
	const [known, updates] = [updatesIn(before), updatesIn(current)];
	if (!known || !updates) return false;
	return updates.some(
		(update) =>
			!known.some(({ id }) => id === update.id) &&
			String(update.body ?? '').trim() === String(message).trim() &&
			(fields.status === undefined || update.status === fields.status),
	);
}

/**
 * Changes an incident with one request, so at most one update is posted. If the answer is lost, the request is not sent again, because
 * subscribers would be notified twice. The change is then looked up among the updates of the incident.
 *
 * @param fieldsFor the fields to send, named as in the API, for the incident as it was just read; `{}` for no change
 * @throws Failure, also if it can't be found out whether the change was made; Cancelled
 */
export async function changeIncident(
	api: StatuspageApi,
	ids: { pageId: string; incidentId: string },
	fieldsFor: (before: Incident) => IDataObject,
): Promise<ChangedIncident> {
	const { pageId, incidentId } = ids;
	const name = incident.lockName(api, { pageId }, incidentId);
	return await withLocks({ exclusive: [name] }, api.connection.signal, async () => {
		const round = await api.unit(2, async (unit): Promise<Round> => {
			const before = await api.call('getIncident', ids, { unit });
			const body = fieldsFor(before);
			if (Object.keys(body).length === 0) return { before, body, after: before };
			try {
				return { before, body, after: await api.call('updateIncident', ids, { body, unit }) };
			} catch (error) {
				if (!mayHaveArrived(error)) throw asError(error);
				return { before, body, lost: error };
			}
		});
		const { before, body, after, lost } = round;
		if (after) return { before, body, after };
		const found = await findLostWrite(api, lost as Failure, {
			find: async () => {
				const current = await api.call('getIncident', ids);
				return wasChanged(round, current) ? current : undefined;
			},
			notFound: 'The update was not found at the incident',
			subject: `incident ${incidentId}`,
		});
		return { before, body, after: found, note: 'The answer was lost, but the update was found. It was posted once.' };
	});
}
