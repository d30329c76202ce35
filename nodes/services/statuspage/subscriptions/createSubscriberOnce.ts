import { cancellableSleep } from '../../../shared/http/cancellableSleep';
import type { Connection } from '../../../shared/http/connection';
import { Failure, asError, hasStatus, mayHaveArrived } from '../../../shared/http/failures';
import { backoffMs } from '../../../shared/http/retry';
import { CLOCK_TOLERANCE_MS, lookUpLost, uncertainCreate } from '../../../shared/client/lookUpLost';
import type { Subscriber } from '../endpoints';
import { contactText, hasContact, type Contact } from './contact';

const MAX_TRIES = 2;

export interface SubscriberCreation {
	connection: Pick<Connection, 'clock' | 'report' | 'signal'>;
	contact: Contact;
	/** Sends the request, which is not repeated by itself. */
	create: () => Promise<Subscriber>;
	/** The newest subscribers, which include one that was just created. */
	newest: () => Promise<Subscriber[]>;
}

export interface CreatedSubscriber {
	row: Subscriber;
	/** Null if it can't be found out. */
	created: boolean | null;
	note?: string;
}

/** A rejection because the contact is already subscribed. Only its text says so. The exact text is not documented. */
export function isAlreadySubscribed(error: unknown): error is Failure {
	if (!hasStatus(error, 422)) return false;
	const { message } = error;
	return (
		/\balready\b|\btaken\b|\bexists\b/i.test(message) &&
		!/(\bnot|n't|\bno longer) (yet |already )?exists?\b/i.test(message)
	);
}

/** What became of a request whose answer was lost. */
function findLost(rows: Subscriber[], contact: Contact, sentAt: number): CreatedSubscriber | undefined {
	const found = rows.filter((row) => hasContact(row, contact));
	const timeOf = ({ created_at }: Subscriber) => Date.parse(String(created_at));
	const isNew = (row: Subscriber) => timeOf(row) >= sentAt - CLOCK_TOLERANCE_MS;
	const own = found.find(isNew);
	if (own)
		return {
			row: own,
			created: true,
			note: 'The answer was lost, but the subscriber was found in the list. It was created once.',
		};
	const undated = found.find((row) => Number.isNaN(timeOf(row)));
	if (undated)
		return {
			row: undated,
			created: null,
			note: 'The answer was lost. The subscriber is in the list, but its date is missing, so it may have existed before.',
		};
	return found.length > 0
		? { row: found[0], created: false, note: 'The answer was lost. The subscriber existed before.' }
		: undefined;
}

/**
 * Creates a subscriber once. If the answer is lost, the subscriber is looked up. Only an email is sent again if it was not found, because
 * the service rejects an email that is already subscribed. How it handles other contacts is not documented.
 *
 * @throws Failure; one that `isAlreadySubscribed` recognizes if the contact is taken
 */
export async function createSubscriberOnce({
	connection,
	contact,
	create,
	newest,
}: SubscriberCreation): Promise<CreatedSubscriber> {
	const { clock, report } = connection;
	const sentAt = clock.calendar();
	let lost: Failure | undefined;
	for (let tries = 1; ; tries++) {
		try {
			const row = await create();
			return { row, created: true };
		} catch (error) {
			// A first try that arrived late has taken the contact.
			const isOwn = lost !== undefined && isAlreadySubscribed(error);
			if (!isOwn && !mayHaveArrived(error)) {
				if (!lost || !(error instanceof Failure)) throw asError(error);
				throw uncertainCreate(error, 'The answer to an earlier try was lost');
			}
			lost = error;
		}
		const known = findLost(await lookUpLost(newest, lost), contact, sentAt);
		if (known) return known;
		if (contact.mode !== 'email' || tries === MAX_TRIES)
			throw uncertainCreate(lost, `A subscriber with the ${contactText(contact)} was not found yet`);
		report.repeats++;
		await cancellableSleep(connection, backoffMs(tries, clock.random()), true);
	}
}
