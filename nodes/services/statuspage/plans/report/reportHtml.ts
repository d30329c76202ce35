import type { Clock } from '../../../../shared/http/clock';
import { Breather } from '../../../../shared/http/breather';
import type { ReportRow } from './reportRows';
import { reportData, type ReportData } from './reportData';
import type { ReportFacts } from './reportFacts';
import { REPORT_SCRIPT } from './reportScript';
import { REPORT_STYLE } from './reportStyle';

/** Serializes a value for a script element. A name must not be able to close the element. */
function toScriptLiteral(value: unknown): string {
	return JSON.stringify(value)
		.replace(/</g, '\\u003c')
		.replace(/\u2028|\u2029/g, ' ');
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Serializes the data row by row, because a single call would block other executions. */
async function dataScript(data: ReportData, breather: Breather): Promise<string> {
	const lists: string[] = [];
	for (const [name, rows] of Object.entries(data) as Array<[string, unknown[]]>) {
		const parts: string[] = [];
		for (const row of rows) {
			await breather.breathe();
			parts.push(toScriptLiteral(row));
		}
		lists.push(`${name}:[${parts.join(',')}]`);
	}
	return `const DATA = {${lists.join(',\n')}};`;
}

function cards({ viewers, members, findings }: ReportData, pages: number): Array<[number, string, string]> {
	return [
		[viewers.length, 'viewer with access', 'viewers with access'],
		[new Set(members.map(([email]) => email)).size, 'team member with a role', 'team members with a role'],
		[pages, 'page', 'pages'],
		[findings.length, 'finding', 'findings'],
	];
}

function factRows({ requests, lookedAt, notLookedAt }: ReportFacts): string {
	const list = (texts: string[]) => `<ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
	return `<dl><dt>Requests</dt><dd>${requests.toLocaleString('en')}</dd><dt>Checked</dt><dd>${list(lookedAt)}</dd><dt>Not checked</dt><dd>${list(notLookedAt)}</dd></dl>`;
}

/**
 * The report as one HTML file that can be sorted, filtered and printed offline.
 *
 * @param pages number of pages that were checked
 */
export async function reportHtml(rows: ReportRow[], facts: ReportFacts, pages: number, clock: Clock): Promise<string> {
	const breather = new Breather(clock);
	const data = await reportData(rows, breather);
	const { title, date } = facts;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="muted">${escapeHtml(date)}</p>
<div class="cards">${cards(data, pages)
		.map(
			([count, one, many]) => `<div class="card"><b>${count.toLocaleString('en')}</b>${count === 1 ? one : many}</div>`,
		)
		.join('')}</div>
${factRows(facts)}
<div class="tools"><input id="filter" type="search" placeholder="Person, group, component or role" aria-label="Filter by person, group, component or role"><select id="page" aria-label="Page"><option value="">All pages</option></select><span class="muted">Printing includes all rows, even if a filter is set.</span></div>
<p class="muted wide"><span class="group">◆</span> through a viewer group &nbsp; <span class="direct">●</span> own component</p>
<noscript><p>The tables of this report require JavaScript. Open the file in a browser, or create a CSV file instead.</p></noscript>
<main id="content"></main>
<div id="print"></div>
<script>${await dataScript(data, breather)}${REPORT_SCRIPT}</script>
</body>
</html>
`;
}
