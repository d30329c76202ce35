import fc from 'fast-check';
import { systemClock } from '../../../../../nodes/shared/http/clock';
import type { AccessRow, ReportRow } from '../../../../../nodes/services/statuspage/plans/report/reportRows';
import { csvCell, reportCsv, escapeFormulas } from '../../../../../nodes/services/statuspage/plans/report/reportCsv';
import { numRuns } from '../../../../support/runs';

const facts = { title: 'x', date: '2026-01-01 00:00 UTC', requests: 7, lookedAt: ['a', 'b'], notLookedAt: ['c'] };

/** A reader of RFC 4180, independent of the writer. */
function parse(text: string): string[][] {
	const rows: string[][] = [[]];
	let at = 0;
	while (at < text.length) {
		let cell = '';
		if (text[at] === '"') {
			for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
				if (at >= text.length) throw new Error('A quote does not end');
				cell += text[at];
				if (text[at] === '"') at++;
			}
			at++;
		} else {
			while (at < text.length && !/[,\r\n]/.test(text[at])) {
				if (text[at] === '"') throw new Error('A quote in a cell without quotes');
				cell += text[at++];
			}
		}
		rows[rows.length - 1].push(cell);
		if (text[at] === ',') {
			at++;
			if (at === text.length || text.startsWith('\r\n', at)) rows[rows.length - 1].push('');
		}
		if (text.startsWith('\r\n', at)) {
			at += 2;
			if (at < text.length) rows.push([]);
		} else if (at < text.length && !/[^\r\n]/.test(text[at])) {
			throw new Error('A line ends without CRLF');
		}
	}
	return rows;
}

const row = (via: string): AccessRow => ({
	kind: 'access',
	pageId: 'p',
	page: 'Page',
	email: 'a@example.com',
	personId: 'v',
	person: 'viewer',
	componentId: 'c',
	component: via,
	componentGroup: '',
	way: 'group',
	via,
});

const HOSTILE = [
	'=',
	'+',
	'-',
	'@',
	'\uFF1D',
	'\uFF0B',
	'\uFF0D',
	'\uFF20',
	'\uFE66',
	'\u2212',
	'\t',
	'\r',
	'\n',
	' ',
	'\u00a0',
	'\u200b',
	';',
	',',
	'"',
	"'",
	'a',
	'1',
	'|',
];
const text = fc.oneof(
	fc.array(fc.constantFrom(...HOSTILE), { maxLength: 12 }).map((list) => list.join('')),
	fc.string({ unit: 'grapheme', maxLength: 20 }),
);

describe('a cell is never a formula', () => {
	test.each([
		['=1+1', "'=1+1"],
		['+49 30', "'+49 30"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t'=1"],
		['\rx', "'\rx"],
		['  =1', "'  =1"],
		['\u00a0+1', "'\u00a0+1"],
		['\u200b=1', "'\u200b=1"],
		['\uFF1D1', "'\uFF1D1"],
		['\uFF20x', "'\uFF20x"],
		['\u2212' + '1', "'\u2212" + '1'],
		['a;=1', "a;'=1"],
		['a\n=1', "a\n'=1"],
		['a=1', 'a=1'],
		['anna-lee@example.com', 'anna-lee@example.com'],
		['a, b', 'a, b'],
		['', ''],
	])('%j is written as %j', (given, written) => expect(escapeFormulas(given)).toBe(written));

	test('for any text and any locale of the spreadsheet', () => {
		fc.assert(
			fc.property(text, (given) => {
				for (const part of escapeFormulas(given).split(/[;\t\r\n]/))
					expect(part).not.toMatch(/^[\s\u200b\u200e\u2060\ufeff]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\u2212]/u);
				expect(escapeFormulas(given)).not.toMatch(/^[\t\r\n]/);
				expect(escapeFormulas(given).replace(/'/g, '')).toBe(given.replace(/'/g, ''));
			}),
			{ numRuns: numRuns(4) },
		);
	});
});

test('an RFC 4180 parser returns every text unchanged', () => {
	fc.assert(
		fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
			expect(parse(`${cells.map(csvCell).join(',')}\r\nend\r\n`)).toEqual([cells.map(escapeFormulas), ['end']]);
		}),
		{ numRuns: numRuns(4) },
	);
});

test('the file has one line per row and finding with the same columns, and ends with what was checked', async () => {
	const finding: ReportRow = {
		kind: 'finding',
		finding: 'groupWithNobody',
		pageId: 'p',
		page: 'Page',
		subject: 'Acme, "Inc"',
		subjectId: 'g',
		text: 'x\ny',
	};
	const csv = await reportCsv([row('=1'), finding], facts, systemClock);
	expect(csv.startsWith('\uFEFFKind,Page,')).toBe(true);
	expect(csv.replace(/\r\n/g, '')).not.toContain('\r');
	const [header, access, found, ...summary] = parse(csv.slice(1));
	const lines = [header, access, found, ...summary];
	expect(lines.map(({ length }) => length)).toEqual(lines.map(() => 15));
	const named = (line: string[]) => Object.fromEntries(header.map((name, index) => [name, line[index]]));
	expect(named(access)).toMatchObject({
		Kind: 'access',
		Email: 'a@example.com',
		Component: "'=1",
		'Component ID': 'c',
		Way: 'group',
		Via: "'=1",
	});
	expect(named(found)).toMatchObject({
		Kind: 'finding',
		Finding: 'groupWithNobody',
		Subject: 'Acme, "Inc"',
		Text: 'x\ny',
	});
	expect(summary.map((line) => [named(line).Kind, named(line).Subject, named(line).Text])).toEqual([
		['summary', 'Date', '2026-01-01 00:00 UTC'],
		['summary', 'Requests', '7'],
		['summary', 'Checked', 'a'],
		['summary', 'Checked', 'b'],
		['summary', 'Not checked', 'c'],
	]);
});
