import type { Coverage } from './reportFindings';

/** What a report says of itself. */
export interface ReportFacts extends Coverage {
	title: string;
	/** When it was made, as people read it. */
	date: string;
	/** Requests that the run sent. */
	requests: number;
}

/** Where a report ends: what it is based on. */
export interface Summary extends Coverage {
	kind: 'summary';
	requests: number;
	text: string;
}

/** "1 request", "2 requests". */
export function counted(count: number, noun: string): string {
	return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param accessRows rows with access that were found */
export function summaryOf(
	{ lookedAt, notLookedAt, requests }: Coverage & { requests: number },
	accessRows: number,
	findings: number,
): Summary {
	const found = `${counted(accessRows, 'access row')} and ${counted(findings, 'finding')}, from ${counted(requests, 'request')}.`;
	return {
		kind: 'summary',
		requests,
		lookedAt,
		notLookedAt,
		text: `${found} Looked at: ${lookedAt.join('; ')}. Not looked at: ${notLookedAt.join('; ')}.`,
	};
}
