/** The look of the HTML report: wide tables, cards on a narrow screen, and plain lists on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #172b4d; --muted: #5e6c84; --line: #dfe1e6; --paper: #fff; --band: #f4f5f7; --accent: #0052cc; --direct: #00875a; --group: #0052cc; --warn: #974f0c; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #dfe3ea; --muted: #98a2b3; --line: #343a46; --paper: #161a22; --band: #1f2530; --accent: #6ea8ff; --direct: #4bd6a0; --group: #6ea8ff; --warn: #f0b65e; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 3vw, 3rem); background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; } h2 { margin: 2rem 0 .25rem; font-size: 1.15rem; scroll-margin-top: 4.5rem; } p { margin: .25rem 0; }
.muted { color: var(--muted); }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; }
.card { min-width: 9rem; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--band); }
.card b { display: block; font-size: 1.4rem; line-height: 1.2; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0; max-width: 70rem; }
dt { font-weight: 600; } dd { margin: 0; } ul { margin: 0; padding: 0; list-style: none; }
.tools { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; padding: .6rem 0; background: var(--paper); }
input, select, .more { padding: .45rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; font: inherit; }
input { flex: 0 1 24rem; min-width: 0; } select { max-width: 100%; } .more { margin-top: .5rem; cursor: pointer; color: var(--accent); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { padding: 0; vertical-align: bottom; background: var(--band); white-space: nowrap; }
thead button { width: 100%; padding: .4rem .7rem; border: 0; background: none; color: inherit; font: inherit; font-weight: 600; text-align: left; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
thead th.component { width: 2.2rem; } thead th.component button { height: 13rem; padding: .5rem .2rem; display: flex; flex-direction: column; justify-content: flex-end; align-items: center; font-weight: 500; }
thead th.component span { max-height: 11.5rem; writing-mode: vertical-rl; transform: rotate(180deg); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
thead th[aria-sort=ascending] button::after { content: " \\2191"; } thead th[aria-sort=descending] button::after { content: " \\2193"; }
tbody tr:last-child > * { border-bottom: 0; } tbody tr:hover, tbody tr:hover .who { background: var(--band); }
.who { position: sticky; left: 0; background: var(--paper); font-weight: 600; } td.groups { min-width: 12rem; }
td.mark { padding: .4rem .2rem; text-align: center; white-space: nowrap; } .direct { color: var(--direct); } .group { color: var(--group); } .finding { color: var(--warn); }
.way { color: var(--muted); } .access, #print { display: none; }
@media screen and (min-width: 721px) { .matrix .who { white-space: nowrap; } }
@media screen and (max-width: 720px) {
	body { padding: 1rem; font-size: 16px; }
	.card { flex: 1 1 8rem; min-width: 0; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; }
	input { flex: 1 1 55%; } select { flex: 1 1 35%; min-width: 0; } .tools { gap: .4rem; } .tools .muted, .wide { display: none; }
	.scroll { overflow: visible; border: 0; } table, thead, tbody, tr, th, td { display: block; }
	thead tr { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .5rem 0; } thead tr::before { content: "Sort by"; color: var(--muted); }
	thead th { border: 1px solid var(--line); border-radius: 6px; } td.access { display: block; } thead th.component, thead th.access, td.mark, td.groups { display: none; }
	thead button { min-height: 2.6rem; }
	tbody tr, tbody tr:last-child { margin: 0 0 .6rem; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 8px; } tbody tr > * { padding: .1rem 0; border: 0; } .who { position: static; background: none; } tbody tr:hover .who { background: none; }
	.more { width: 100%; min-height: 2.8rem; }
}
@page { margin: 14mm 12mm; }
@media print {
	body { padding: 0; font-size: 9pt; line-height: 1.35; } main, .tools, .wide, noscript { display: none; } #print { display: block; }
	h2 { margin-top: 1.2rem; break-after: avoid; } .card { padding: .3rem .6rem; min-width: 0; } .cards { margin: .6rem 0; gap: .4rem; }
	table { table-layout: fixed; } thead th:first-child { width: 48%; } .matrix thead th:first-child { width: 30%; } thead { display: table-header-group; } tr { break-inside: avoid; } th, td { padding: .2rem .5rem .2rem 0; } thead th { padding: .2rem .5rem .2rem 0; background: none; font-weight: 600; border-bottom: 1.5px solid var(--ink); }
	.who { position: static; } .access { display: table-cell; }
}
`;
