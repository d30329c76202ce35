import type { AccessRow, Finding } from './report';

export interface ReportHead {
	/** When it was made, as people read it. */
	date: string;
	title: string;
	/** What was not looked at. */
	remarks: string[];
}

/** Inside a script element nothing may close it, whatever somebody called a group. */
function asScript(value: unknown): string {
	return JSON.stringify(value).replace(/</g, '\\u003c').replace(/\u2028|\u2029/g, ' ');
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #172b4d; --muted: #5e6c84; --line: #dfe1e6; --paper: #fff; --band: #f4f5f7; --accent: #0052cc; --direct: #00875a; --group: #0052cc; --warn: #974f0c; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe3ea; --muted: #98a2b3; --line: #343a46; --paper: #161a22; --band: #1f2530; --accent: #6ea8ff; --direct: #4bd6a0; --group: #6ea8ff; --warn: #f0b65e; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 3vw, 3rem); background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
.muted { color: var(--muted); }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; }
.card { min-width: 9rem; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--band); }
.card b { display: block; font-size: 1.4rem; line-height: 1.2; }
.tools { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; padding: .6rem 0; background: var(--paper); }
input, select, button { padding: .45rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; font: inherit; }
input { min-width: min(24rem, 100%); } button { cursor: pointer; color: var(--accent); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { vertical-align: bottom; background: var(--band); white-space: nowrap; cursor: pointer; user-select: none; }
thead th.turned { height: 9.5rem; padding: .4rem .2rem; vertical-align: bottom; } thead th.turned span { display: inline-block; max-height: 9rem; writing-mode: vertical-rl; transform: rotate(180deg); overflow: hidden; text-overflow: ellipsis; font-weight: 500; }
thead th[aria-sort=ascending]::after { content: " \\2191"; } thead th[aria-sort=descending]::after { content: " \\2193"; }
tbody tr:last-child td { border-bottom: 0; } tbody tr:hover { background: var(--band); }
td.who { position: sticky; left: 0; background: var(--paper); font-weight: 500; white-space: nowrap; } tr:hover td.who { background: var(--band); }
td.mark { text-align: center; } .direct { color: var(--direct); } .group { color: var(--group); }
.finding { color: var(--warn); }
@media print { .tools, button { display: none; } body { padding: 0; } td.who { position: static; } }
`;

/** Each text once: thousands of rows say the same few things, and the file is to be mailed. */
function packed(rows: AccessRow[]): { texts: string[]; rows: number[][] } {
	const numbers = new Map<string, number>();
	const number = (text: string) => {
		const known = numbers.get(text) ?? numbers.size;
		numbers.set(text, known);
		return known;
	};
	const packedRows = rows.map(({ pageId, page, personId, email, person, component, way, via }) => [pageId, page, personId, email, person, component, way, via].map(number));
	return { texts: [...numbers.keys()], rows: packedRows };
}

/** Plain script of the page itself: no library, no network. */
const SCRIPT = `
const { texts, findings } = DATA;
const rows = DATA.rows.map(([pageId, page, personId, email, person, component, way, via]) => ({ pageId: texts[pageId], page: texts[page], personId: texts[personId], email: texts[email], person: texts[person], component: texts[component], way: texts[way], via: texts[via] }));
const pages = [...new Map([...rows, ...findings].filter((row) => row.pageId).map((row) => [row.pageId, row.page])).entries()];
const byId = (id) => document.getElementById(id);
const element = (tag, text, className) => { const node = document.createElement(tag); if (text !== undefined) node.textContent = text; if (className) node.className = className; return node; };
const compare = (a, b) => String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' });
const STEP = 200;
function peopleOn(pageId) {
	const people = new Map();
	for (const row of rows) {
		if (row.person !== 'viewer' || row.pageId !== pageId) continue;
		const person = people.get(row.personId) ?? { email: row.email, groups: new Set(), ways: new Map() };
		if (row.way === 'group') person.groups.add(row.via);
		const ways = person.ways.get(row.component) ?? [];
		ways.push(row.way === 'direct' ? 'direct' : row.via);
		person.ways.set(row.component, ways);
		people.set(row.personId, person);
	}
	return [...people.values()];
}
function tableOf(columns, data, draw) {
	const holder = element('div', undefined, 'scroll');
	const table = element('table'); const head = element('thead'); const headRow = element('tr'); const body = element('tbody');
	let sorted = { column: 0, up: true }; let shown = STEP; let filter = '';
	const more = element('button'); more.type = 'button'; const count = element('p', undefined, 'muted');
	function render() {
		const wanted = data.filter((row) => row.text.includes(filter)).sort((a, b) => (sorted.up ? 1 : -1) * compare(columns[sorted.column].value(a), columns[sorted.column].value(b)));
		body.replaceChildren(...wanted.slice(0, shown).map(draw));
		count.textContent = wanted.length + ' of ' + data.length;
		more.hidden = wanted.length <= shown; more.textContent = 'Show ' + Math.min(STEP, wanted.length - shown) + ' more';
		[...headRow.children].forEach((cell, index) => { if (index === sorted.column) cell.setAttribute('aria-sort', sorted.up ? 'ascending' : 'descending'); else cell.removeAttribute('aria-sort'); });
	}
	columns.forEach((column, index) => {
		const cell = element('th', undefined, column.turned ? 'turned' : ''); cell.append(element('span', column.name)); cell.title = 'Sort by ' + column.name;
		cell.onclick = () => { sorted = { column: index, up: sorted.column === index ? !sorted.up : true }; render(); };
		headRow.append(cell);
	});
	more.onclick = () => { shown += STEP; render(); };
	head.append(headRow); table.append(head, body); holder.append(table); render();
	const section = element('div'); section.append(count, holder, more);
	return { section, filter(text) { filter = text; shown = STEP; render(); } };
}
let tables = [];
function matrix(pageId) {
	const people = peopleOn(pageId).map((person) => ({ ...person, text: (person.email + ' ' + [...person.groups].join(' ')).toLowerCase() }));
	const components = [...new Set(people.flatMap((person) => [...person.ways.keys()]))].sort(compare);
	const columns = [{ name: 'Viewer', value: (row) => row.email }, { name: 'Groups', value: (row) => [...row.groups].join(', ') }, ...components.map((name) => ({ name, turned: true, value: (row) => (row.ways.has(name) ? 0 : 1) }))];
	return tableOf(columns, people, (row) => {
		const line = element('tr'); line.append(element('td', row.email, 'who'), element('td', [...row.groups].sort(compare).join(', ')));
		for (const name of components) {
			const ways = row.ways.get(name); const cell = element('td', undefined, 'mark');
			if (ways) { const mark = element('span', ways.includes('direct') ? '\\u25CF' : '\\u25C6', ways.includes('direct') ? 'direct' : 'group'); mark.title = row.email + ' sees ' + name + ': ' + ways.join(', '); cell.append(mark); }
			line.append(cell);
		}
		return line;
	});
}
function members() {
	const data = rows.filter((row) => row.person === 'teamMember').map((row) => ({ ...row, text: (row.email + ' ' + row.page + ' ' + row.via).toLowerCase() }));
	const columns = [{ name: 'Team member', value: (row) => row.email }, { name: 'Page', value: (row) => row.page }, { name: 'Role', value: (row) => row.via }];
	return tableOf(columns, data, (row) => { const line = element('tr'); line.append(element('td', row.email, 'who'), element('td', row.page), element('td', row.via)); return line; });
}
function toLookAt() {
	const data = findings.map((row) => ({ ...row, what: row.text, text: (row.subject + ' ' + row.page + ' ' + row.text).toLowerCase() }));
	const columns = [{ name: 'What', value: (row) => row.what }, { name: 'Who or which', value: (row) => row.subject }, { name: 'Page', value: (row) => row.page }];
	return tableOf(columns, data, (row) => { const line = element('tr'); line.append(element('td', row.what, 'finding'), element('td', row.subject), element('td', row.page)); return line; });
}
function section(title, content) { const part = element('section'); part.append(element('h2', title), content.section); byId('content').append(part); tables.push(content); }
function draw() {
	byId('content').replaceChildren(); tables = [];
	if (findings.length > 0) section('To look at', toLookAt());
	const pageId = byId('page').value;
	if (rows.some((row) => row.person === 'viewer' && row.pageId === pageId)) section('Viewers of ' + (pages.find(([id]) => id === pageId) ?? [])[1], matrix(pageId));
	if (rows.some((row) => row.person === 'teamMember')) section('Team members', members());
	for (const table of tables) table.filter(byId('filter').value.trim().toLowerCase());
}
const viewerPages = pages.filter(([id]) => rows.some((row) => row.person === 'viewer' && row.pageId === id));
for (const [id, name] of viewerPages) { const option = element('option', name); option.value = id; byId('page').append(option); }
byId('page').hidden = viewerPages.length < 2;
byId('page').onchange = draw;
byId('filter').oninput = () => { for (const table of tables) table.filter(byId('filter').value.trim().toLowerCase()); };
draw();
`;

/** One file that a person can read, sort and filter without a network. */
export function reportHtml(all: Array<AccessRow | Finding>, { date, title, remarks }: ReportHead): string {
	const rows = all.filter((row): row is AccessRow => row.kind === 'access');
	const findings = all.filter((row): row is Finding => row.kind === 'finding');
	const count = (person: AccessRow['person']) => new Set(rows.filter((row) => row.person === person).map(({ personId }) => personId)).size;
	const cards: Array<[number, string]> = [
		[count('viewer'), 'viewers who see something'],
		[count('teamMember'), 'team members with a page'],
		[new Set(rows.map(({ pageId }) => pageId)).size, 'pages'],
		[findings.length, 'to look at'],
	];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="muted">${escaped([date, ...remarks].join(' · '))}</p>
<div class="cards">${cards.map(([value, label]) => `<div class="card"><b>${value.toLocaleString('en')}</b>${label}</div>`).join('')}</div>
<p class="muted"><span class="group">◆</span> through a group &nbsp; <span class="direct">●</span> given to the viewer</p>
<div class="tools"><input id="filter" type="search" placeholder="Filter by person, group, role …" aria-label="Filter"><select id="page" aria-label="Page"></select></div>
<main id="content"></main>
<script>const DATA = ${asScript({ ...packed(rows), findings })};${SCRIPT}</script>
</body>
</html>
`;
}
