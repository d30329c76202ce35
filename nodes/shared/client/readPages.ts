import type { Clock } from '../http/clock';
import { asError } from '../http/failures';
import type { PageLimits, PagePlan } from './pagePlan';

/** Requests that run at the same time. */
export interface SideBySide {
	/** The largest number of requests at the same time. */
	atOnce: number;
	/** The number of requests that can be sent now without delaying others. Pages that may not exist need it. */
	room: () => number;
	clock: Clock;
}

export interface PageReading<R> {
	plan: PagePlan;
	/** The number of rows of a full page. */
	size: number;
	/** Reads one page, counted from 1. */
	readPage: (page: number) => Promise<R[]>;
	/** One page after the other if left out. */
	sideBySide?: SideBySide;
	/** What is worth requesting. It may change with each answer. */
	limits?: () => PageLimits;
	/** Gets each page when it arrives, in any order. An error that it throws ends the reading. */
	take: (rows: R[], page: number) => void;
}

/**
 * Reads pages as planned.
 *
 * @throws the error of a page that is needed
 */
export async function readPages<R>({ plan, size, readPage, sideBySide, limits, take }: PageReading<R>): Promise<void> {
	const atOnce = sideBySide?.atOnce ?? 1;
	const running = new Map<number, Promise<void>>();
	const arrived: Array<{ page: number; rows?: R[] }> = [];
	const failures = new Map<number, Error>();
	const request = async (page: number) => {
		try {
			arrived.push({ page, rows: await readPage(page) });
		} catch (error) {
			failures.set(page, asError(error));
			arrived.push({ page });
		}
	};
	try {
		for (;;) {
			// Alone, a page that may not exist saves no time.
			const room = sideBySide && atOnce > 1 ? sideBySide.room() : 0;
			const page = running.size < atOnce ? plan.next(room, limits?.()) : undefined;
			if (page !== undefined) running.set(page, request(page));
			if (running.size === 0) return;
			// If all were started at once, none would be sent before the last one is prepared.
			if (sideBySide && page !== undefined) await sideBySide.clock.sleep(0);
			else await Promise.race(running.values());
			for (const { page, rows } of arrived.splice(0)) {
				running.delete(page);
				if (rows) {
					plan.answered(page, { isEmpty: rows.length === 0, isFull: rows.length >= size });
					take(rows, page);
				} else plan.failed(page);
			}
			for (const [page, error] of failures) if (plan.needs(page)) throw error;
		}
	} finally {
		await Promise.allSettled(running.values());
	}
}
