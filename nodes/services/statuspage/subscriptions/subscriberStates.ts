import { Cancelled, Failure, asError } from '../../../shared/http/failures';
import type { Subscriber } from '../endpoints';
import { PAGE_SIZE } from '../paging';
import type { StatuspageApi } from '../statuspageApi';
import { NEWEST_FIRST } from './listSubscribers';

export type SubscriberState = 'active' | 'unconfirmed' | 'quarantined';

/** The state of a subscriber. Rows don't contain it, so it is found by listing subscribers of a state. */
export interface FoundState {
	/** Null if it was not found out. */
	state: SubscriberState | null;
	note?: string;
}

interface Waiting {
	id: string;
	skipsConfirmation: boolean;
	resolve: (found: FoundState) => void;
	reject: (error: unknown) => void;
}

/** A quarantined subscriber has a date for it. */
function stateInRow({ quarantined_at }: Subscriber): SubscriberState | undefined {
	return typeof quarantined_at === 'string' && quarantined_at !== '' ? 'quarantined' : undefined;
}

/**
 * Finds the states of new subscribers of one page. Subscribers that wait at the same time share one read of the newest ones, so a run
 * with many items needs few more requests.
 */
class NewSubscriberStates {
	#waiting: Waiting[] = [];
	#isReading = false;

	constructor(
		private readonly api: StatuspageApi,
		private readonly pageId: string,
	) {}

	async of(row: Subscriber, skipsConfirmation: boolean): Promise<FoundState> {
		const known = stateInRow(row);
		if (known) return { state: known };
		return await new Promise<FoundState>((resolve, reject) => {
			this.#waiting.push({ id: row.id, skipsConfirmation, resolve, reject });
			void this.#read();
		});
	}

	/** A read that has begun may not contain a subscriber that was created meanwhile, so that one waits for the next read. */
	async #read(): Promise<void> {
		if (this.#isReading) return;
		this.#isReading = true;
		while (this.#waiting.length > 0) {
			const round = this.#waiting.splice(0);
			await this.#readRound(round);
		}
		this.#isReading = false;
	}

	async #readRound(round: Waiting[]): Promise<void> {
		let open = round;
		try {
			// The likely state first: usually, one request is enough.
			const states: SubscriberState[] = round[0].skipsConfirmation
				? ['active', 'unconfirmed']
				: ['unconfirmed', 'active'];
			for (const state of states) {
				if (open.length === 0) return;
				const query = { state, ...NEWEST_FIRST };
				const rows = await this.api.page('listSubscribers', { pageId: this.pageId }, 1, { size: PAGE_SIZE, query });
				const ids = new Set(rows.map(({ id }) => id));
				for (const { id, resolve } of open) if (ids.has(id)) resolve({ state });
				open = open.filter(({ id }) => !ids.has(id));
			}
			for (const { resolve } of open)
				resolve({
					state: null,
					note: 'The state is unknown: the subscriber is neither among the newest unconfirmed nor the newest active ones.',
				});
		} catch (error) {
			// The subscriber exists, so its item must not fail.
			for (const { resolve, reject } of open) {
				if (error instanceof Failure) resolve({ state: null, note: `The state is unknown: ${error.message}.` });
				else reject(error);
			}
		}
	}
}

/** The state of a subscriber that was just created. */
export async function stateOfNew(
	api: StatuspageApi,
	pageId: string,
	row: Subscriber,
	skipsConfirmation: boolean,
): Promise<FoundState> {
	const states = await api.cache.read(
		`states of new subscribers ${pageId}`,
		async () => new NewSubscriberStates(api, pageId),
	);
	try {
		return await states.of(row, skipsConfirmation);
	} catch (error) {
		throw error instanceof Cancelled ? new Cancelled(true) : asError(error);
	}
}

/** The state of a subscriber that existed before, found by the contact in its row. The search may compare letters with their case. */
export async function stateOfKnown(api: StatuspageApi, pageId: string, row: Subscriber): Promise<FoundState> {
	const known = stateInRow(row);
	if (known) return { state: known };
	const unknown: FoundState = {
		state: null,
		note: 'The state is unknown: no list of a state contains the subscriber.',
	};
	const q = [row.endpoint, row.email, row.phone_number].find((text) => typeof text === 'string' && text !== '');
	if (typeof q !== 'string') return unknown;
	for (const state of ['active', 'unconfirmed'] as const) {
		const rows = await api.list('listSubscribers', { pageId }, { query: { state, q }, isExact: true });
		if (rows.some(({ id }) => id === row.id)) return { state };
	}
	return unknown;
}
