import type { Clock } from '../../../../shared/http/clock';
import { Breather } from '../../../../shared/http/breather';
import type { ReportRow } from './reportRows';
import type { ReportFacts } from './reportFacts';

/** All kinds of rows have the same columns, so a spreadsheet can filter them. */
interface Line {
	kind: string;
	page?: string;
	pageId?: string;
	person?: string;
	email?: string;
	personId?: string;
	componentGroup?: string;
	component?: string;
	componentId?: string;
	way?: string;
	via?: string;
	finding?: string;
	subject?: string;
	subjectId?: string;
	text?: string;
}

const COLUMNS: ReadonlyArray<[keyof Line, string]> = [
	['kind', 'Kind'],
	['page', 'Page'],
	['pageId', 'Page ID'],
	['person', 'Person'],
	['email', 'Email'],
	['personId', 'Person ID'],
	['componentGroup', 'Component Group'],
	['component', 'Component'],
	['componentId', 'Component ID'],
	['way', 'Way'],
	['via', 'Via'],
	['finding', 'Finding'],
	['subject', 'Subject'],
	['subjectId', 'Subject ID'],
	['text', 'Text'],
];

/** Without it, Excel assumes a legacy encoding. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const BLANKS = '[\\s\\p{Cf}\\p{Cc}]*';
/** Includes the fullwidth and small forms and the minus sign, because programs convert them. */
const FORMULA_START = '[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE62\\uFE63\\uFE66\\uFE6B\\u2212]';
/** A formula can follow a tab or line break at the start, or a semicolon, which separates cells in some countries. */
const FORMULA = new RegExp(
	`^(?=[\\t\\r\\n]|${BLANKS}${FORMULA_START})|(?<=[;\\t\\r\\n])(?=${BLANKS}${FORMULA_START})`,
	'gu',
);

/** Adds an apostrophe in front of formulas, so a spreadsheet shows them as text. */
export function escapeFormulas(text: string): string {
	return text.replace(FORMULA, "'");
}

/** Formats one cell, quoted as described in RFC 4180. */
export function csvCell(text: string): string {
	const harmless = escapeFormulas(text);
	return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

function csvLine(line: Line): string {
	return COLUMNS.map(([name]) => csvCell(line[name] ?? '')).join(',') + LINE_END;
}

/** The report as a CSV file. The last lines list what was checked. */
export async function reportCsv(
	rows: ReportRow[],
	{ requests, date, lookedAt, notLookedAt }: ReportFacts,
	clock: Clock,
): Promise<string> {
	const breather = new Breather(clock);
	const lines = [BYTE_ORDER_MARK, COLUMNS.map(([, header]) => header).join(',') + LINE_END];
	for (const row of rows) {
		await breather.breathe();
		lines.push(csvLine(row));
	}
	const summary = (subject: string, texts: string[]) =>
		texts.map((text) => csvLine({ kind: 'summary', subject, text }));
	lines.push(
		...summary('Date', [date]),
		...summary('Requests', [String(requests)]),
		...summary('Checked', lookedAt),
		...summary('Not checked', notLookedAt),
	);
	return lines.join('');
}
