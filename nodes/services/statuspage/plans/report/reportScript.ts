/** The script of the HTML report, without libraries or network access. It renders `ReportData` and inserts all text as text nodes. */
export const REPORT_SCRIPT = String.raw`
const { pages, components, vias, profiles, viewers, members, findings } = DATA;
const STEP = 100;
const byId = (id) => document.getElementById(id);
const element = (tag, text, className) => { const node = document.createElement(tag); if (text !== undefined) node.textContent = text; if (className) node.className = className; return node; };
const filled = (node, ...children) => { node.append(...children); return node; };
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const compare = (a, b) => collator.compare(a, b);
const number = (count) => count.toLocaleString('en');
const counted = (count, noun) => number(count) + ' ' + noun + (count === 1 ? '' : 's');

/* Each set of access is prepared once: by access type for the text, and by component for the columns. */
const sets = profiles.map((pairs) => {
	const ways = new Map(); const marks = new Map();
	for (let at = 0; at < pairs.length; at += 2) {
		const [component, via] = [pairs[at], pairs[at + 1]];
		if (!ways.has(via)) ways.set(via, []);
		ways.get(via).push(component);
		if (!marks.has(component)) marks.set(component, []);
		marks.get(component).push(via);
	}
	const groups = [...ways.keys()].filter((via) => via >= 0).map((via) => vias[via]).sort(compare);
	const lines = [...ways].map(([via, list]) => [via < 0 ? 'Own components' : vias[via], list.map((component) => components[component][1]).sort(compare).join(', ')]).sort((a, b) => compare(a[0], b[0]));
	const searched = [...lines.flat(), ...[...marks.keys()].map((component) => components[component][2])].join('\n').toLowerCase();
	return { marks, groups: groups.join(', '), lines, searched };
});
const people = viewers.map(([page, email, profile]) => ({ page, email, set: sets[profile], key: email.toLowerCase() }));
const team = members.map(([email, page, role]) => ({ email, page, role, key: (email + '\n' + page + '\n' + role).toLowerCase() }));
const toLookAt = findings.map(([text, subject, page]) => ({ text, subject, page, key: (text + '\n' + subject + '\n' + page).toLowerCase() }));
const matches = (row, filter) => row.key.includes(filter) || (row.set !== undefined && row.set.searched.includes(filter));
const nameOfVia = (via) => (via < 0 ? 'own components' : vias[via]);

function accessCell(set) {
	const cell = element('td', undefined, 'access');
	for (const [way, list] of set.lines) cell.append(filled(element('div'), element('span', way + ': ', 'way'), list));
	return cell;
}
function markCell(row, component) {
	const cell = element('td', undefined, 'mark'); const found = row.set.marks.get(component);
	if (!found) return cell;
	const text = row.email + ': ' + components[component][1] + ' through ' + found.map(nameOfVia).join(', ');
	const mark = element('span'); mark.title = text; mark.setAttribute('role', 'img'); mark.setAttribute('aria-label', text);
	if (found.some((via) => via >= 0)) mark.append(element('span', '\u25C6', 'group'));
	if (found.includes(-1)) mark.append(element('span', '\u25CF', 'direct'));
	return filled(cell, mark);
}
const who = (text) => { const cell = element('th', text, 'who'); cell.scope = 'row'; return cell; };
const text = (name, value, className) => ({ name, value, cell: (row) => element('td', value(row), className) });
const first = (name, value) => ({ name, value, cell: (row) => who(value(row)) });

/* Each part is a table on the screen, and the same rows in print. */
const parts = [];
if (toLookAt.length > 0) parts.push({ title: 'Findings', noun: 'finding', rows: toLookAt, columns: [first('Finding', (row) => row.text), text('Subject', (row) => row.subject), text('Page', (row) => row.page || 'All pages')] });
pages.forEach(([, name], page) => {
	const rows = people.filter((row) => row.page === page);
	const own = components.map((component, index) => index).filter((index) => components[index][0] === page).sort((a, b) => compare(components[a][1], components[b][1]));
	const marks = own.map((index) => ({ name: components[index][1], className: 'component', value: (row) => (row.set.marks.has(index) ? '0' : '1'), cell: (row) => markCell(row, index) }));
	const viewer = first('Viewer', (row) => row.email);
	const access = { name: 'Access', value: (row) => row.set.searched, className: 'access', cell: (row) => accessCell(row.set) };
	parts.push({ title: 'Viewers of ' + name, noun: 'viewer', page, className: 'matrix', rows, columns: [viewer, text('Viewer groups', (row) => row.set.groups, 'groups'), access, ...marks], printed: [viewer, access] });
});
if (team.length > 0) parts.push({ title: 'Team members', noun: 'role', rows: team, columns: [first('Team member', (row) => row.email), text('Page', (row) => row.page), text('Role', (row) => row.role)] });

function tableOf(columns, className) {
	const headRow = element('tr'); const body = element('tbody');
	const table = filled(element('table', undefined, className), filled(element('thead'), headRow), body);
	return { table, headRow, body };
}
function shownPart(part) {
	const { table, headRow, body } = tableOf(part.columns, part.className);
	let sorted = 0; let up = true; let limit = STEP; let filter = '';
	const more = element('button', undefined, 'more'); more.type = 'button';
	const count = element('p', undefined, 'muted'); count.setAttribute('role', 'status');
	function render() {
		const { value } = part.columns[sorted]; const direction = up ? 1 : -1; const byFirst = part.columns[0].value;
		const wanted = part.rows.filter((row) => matches(row, filter)).sort((a, b) => direction * compare(value(a), value(b)) || compare(byFirst(a), byFirst(b)));
		body.replaceChildren(...wanted.slice(0, limit).map((row) => filled(element('tr'), ...part.columns.map(({ cell }) => cell(row)))));
		const shown = Math.min(limit, wanted.length);
		const found = filter ? number(wanted.length) + ' of ' + counted(part.rows.length, part.noun) + ' found' : counted(part.rows.length, part.noun);
		count.textContent = found + (shown < wanted.length ? ', the first ' + number(shown) + ' shown' : '');
		more.hidden = shown === wanted.length; more.textContent = 'Show ' + number(Math.min(STEP, wanted.length - shown)) + ' more';
		[...headRow.children].forEach((cell, index) => { if (index === sorted) cell.setAttribute('aria-sort', up ? 'ascending' : 'descending'); else cell.removeAttribute('aria-sort'); });
	}
	part.columns.forEach((column, index) => {
		const cell = element('th', undefined, column.className); cell.scope = 'col';
		const button = filled(element('button'), element('span', column.name)); button.type = 'button'; button.title = 'Sort by ' + column.name;
		button.onclick = () => { up = sorted === index ? !up : true; sorted = index; render(); };
		headRow.append(filled(cell, button));
	});
	more.onclick = () => { limit += STEP; render(); };
	render();
	const section = filled(element('section'), element('h2', part.title), count, filled(element('div', undefined, 'scroll'), table), more);
	return { part, section, apply(wanted) { filter = wanted; limit = STEP; render(); } };
}

/* Print cannot scroll or filter, so it contains all rows, with components as text. */
function printedPart({ title, noun, rows, columns, printed = columns, className }) {
	const { table, headRow, body } = tableOf(printed, className);
	for (const { name } of printed) { const cell = element('th', name); cell.scope = 'col'; headRow.append(cell); }
	const { value } = printed[0];
	for (const row of [...rows].sort((a, b) => compare(value(a), value(b)))) body.append(filled(element('tr'), ...printed.map(({ cell }) => cell(row))));
	return filled(element('section'), element('h2', title), element('p', counted(rows.length, noun), 'muted'), table);
}
const fillPaper = () => { if (!byId('print').hasChildNodes()) byId('print').replaceChildren(...parts.map(printedPart)); };
const clearPaper = () => byId('print').replaceChildren();
addEventListener('beforeprint', fillPaper);
addEventListener('afterprint', clearPaper);
const paper = matchMedia('print');
paper.addEventListener('change', () => { if (paper.matches) fillPaper(); else clearPaper(); });

const sections = parts.map(shownPart);
byId('content').replaceChildren(...sections.map(({ section }) => section));
for (const [index, [, name]] of pages.entries()) { const option = element('option', name); option.value = String(index); byId('page').append(option); }
byId('page').hidden = pages.length < 2;
byId('page').onchange = () => { for (const { part, section } of sections) section.hidden = byId('page').value !== '' && part.page !== undefined && String(part.page) !== byId('page').value; };
byId('filter').oninput = () => { for (const { apply } of sections) apply(byId('filter').value.trim().toLowerCase()); };
`;
