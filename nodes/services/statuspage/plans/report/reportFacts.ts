import type { Coverage } from './reportFindings';

/** Facts about the report itself. */
export interface ReportFacts extends Coverage {
	title: string;
	/** Date and time of the report, formatted for reading. */
	date: string;
	/** Number of requests of the run. */
	requests: number;
}

/** The last item of a report. */
export interface Summary extends Coverage {
	kind: 'summary';
	requests: number;
	text: string;
}

/** "1 request", "2 requests". */
export function counted(count: number, noun: string): string {
	return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param accessRows number of rows with access */
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
		text: `${found} Checked: ${lookedAt.join('; ')}. Not checked: ${notLookedAt.join('; ')}.`,
	};
}
