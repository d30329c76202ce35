import type { IDataObject } from 'n8n-workflow';
import { findLostWrite } from '../../shared/client/findLostWrite';
import { CLOCK_TOLERANCE_MS } from '../../shared/client/lookUpLost';
import { Failure, asError, mayHaveArrived } from '../../shared/http/failures';
import type { Incident } from './endpoints';
import { updatesIn } from './incidentParts';
import { idsBeforeCreates, onlyNew } from './newObjects';
import { PAGE_SIZE } from './paging';
import type { StatuspageApi } from './statuspageApi';

export interface CreatedIncident {
	incident: Incident;
	/** Set if the answer was lost and the incident was found. */
	note?: string;
}

/** When the incident was entered, in milliseconds. A backfilled one has an older date of its own, but not its update. */
function enteredAt(incident: Incident): number {
	const dates = [incident.created_at, ...(updatesIn(incident) ?? []).map(({ created_at: createdAt }) => createdAt)];
	return Math.max(...dates.map((date) => Date.parse(String(date))).filter((time) => !Number.isNaN(time)));
}

function isSameText(a: unknown, b: unknown): boolean {
	return String(a ?? '').trim() === String(b ?? '').trim();
}

/** True for an incident with the name and the first message of the request. */
function looksLike(incident: Incident, { name, body }: IDataObject): boolean {
	if (!isSameText(incident.name, name)) return false;
	return body === undefined || isSameText(updatesIn(incident)?.at(-1)?.body, body);
}

/** Looks for the incident of a create whose answer was lost. */
async function findLost(
	{ api, pageId, body, sentAt }: { api: StatuspageApi; pageId: string; body: IDataObject; sentAt: number },
	known: Set<string> | undefined,
	hasKey: ((incident: Incident) => boolean) | undefined,
): Promise<Incident | undefined> {
	if (!known && !hasKey)
		throw new Failure({ kind: 'answer', message: 'the incidents of the page could not be read before the request' });
	const isNew = (row: Incident) => looksLike(row, body) && enteredAt(row) >= sentAt - CLOCK_TOLERANCE_MS;
	const keep = (row: Incident) => known?.has(row.id) !== true && (hasKey ?? isNew)(row);
	return onlyNew(await api.list('listIncidents', { pageId }, { keep }), 'incidents');
}

/**
 * Creates an incident. If the answer is lost, the request is not sent again, because subscribers would be notified twice. The incident is
 * then looked up: it must be new, and have the name and the message of the request.
 *
 * @param body the fields, named as in the API
 * @param hasKey finds the incident by a key that no other incident has, instead of name, message and time
 * @throws Failure, also if the incident can't be identified surely; Cancelled
 */
export async function createIncident(
	api: StatuspageApi,
	pageId: string,
	body: IDataObject,
	hasKey?: (incident: Incident) => boolean,
): Promise<CreatedIncident> {
	const known = await idsBeforeCreates(
		api,
		`incidents of page ${pageId}`,
		async () => await api.page('listIncidents', { pageId }, 1, { size: PAGE_SIZE }),
	);
	const sentAt = api.connection.clock.calendar();
	try {
		const incident = await api.call('createIncident', { pageId }, { body });
		known?.add(incident.id);
		return { incident };
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		const incident = await findLostWrite(api, error, {
			find: async () => await findLost({ api, pageId, body, sentAt }, known, hasKey),
			notFound: 'The incident was not found among the incidents of the page',
			subject: 'the incidents of the page',
		});
		known?.add(incident.id);
		return { incident, note: 'The answer was lost, but the incident was found. It was created once.' };
	}
}
