import { incident } from '../../../services/statuspage/objects/incident';
import { incidentSubscriber } from '../../../services/statuspage/objects/incidentSubscriber';
import { hasContact } from '../../../services/statuspage/subscriptions/contact';
import { Failure } from '../../../shared/http/failures';
import type { StatuspageInput } from '../statuspageInput';

export interface IncidentPlace extends Record<string, string> {
	pageId: string;
	incidentId: string;
}

/** The page and the incident of an item. Its subscribers can change independently, so items of an incident have no order. */
export async function incidentPlace(input: StatuspageInput): Promise<IncidentPlace> {
	const pageId = await input.pageId();
	const { row } = incident;
	const scope = { label: input.values.label(row.parameter), item: input.item };
	const incidentId = await incident.idOf(input.api, { pageId }, input.values.locator(row.parameter), scope);
	return { pageId, incidentId };
}

/**
 * The ID of the item's subscriber. An ID is not looked up, because the answer to the request shows whether it exists.
 *
 * @throws Failure if there are several with the email; with `isNotFound` if there is none
 */
export async function incidentSubscriberId(input: StatuspageInput, place: IncidentPlace): Promise<string> {
	const { mode, text } = input.values.locator(incidentSubscriber.row.parameter);
	const id = mode === 'email' ? await idByEmail(input, place, text) : text;
	await input.inOrder(incidentSubscriber.orderKey(place, id));
	return id;
}

async function idByEmail({ api }: StatuspageInput, place: IncidentPlace, email: string): Promise<string> {
	const rows = await api.list('listIncidentSubscribers', place);
	const found = rows.filter((row) => hasContact(row, { mode: 'email', email }));
	if (found.length === 1) return found[0].id;
	if (found.length > 1)
		throw new Failure({
			kind: 'invalid',
			message: `${found.length} subscribers of this incident have the email "${email}": ${found.map(({ id }) => id).join(', ')}`,
			advice: 'Use one of these IDs',
		});
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no subscriber with the email "${email}" for this incident. All subscribers of the incident were read`,
		advice: 'Check the spelling and the incident. Other subscribers are found by their ID',
	});
}
