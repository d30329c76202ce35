import type { Page } from 'playwright-core';
import { fetch } from 'undici';
import type { Workflow } from '../host/n8n.mts';
import type { Trial } from '../start/trial.mts';
import { launchBrowser, takePicture } from './browser.mts';
import { check, type Check } from './check.mts';

const ID = 'report';
const PHONE = { width: 390, height: 844 };

/** Creates the report in n8n as HTML and as CSV, and reads the files as text. */
function workflow({ choices: { page, credential } }: Trial): Workflow {
	const report = (output: string) => ({
		resource: 'access',
		operation: 'getReport',
		output,
		options: { pageIds: [page.id], directComponents: false },
	});
	const text = (destinationKey: string) => ({ operation: 'text', destinationKey, options: {} });
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{
			name: 'Report',
			type: 'n8n-nodes-statuspage.statuspage',
			parameters: report('html'),
			credentials: { statuspageApi: credential },
		},
		{ name: 'Text', type: 'n8n-nodes-base.extractFromFile', parameters: text('html') },
		{
			name: 'Table',
			type: 'n8n-nodes-statuspage.statuspage',
			parameters: report('csv'),
			credentials: { statuspageApi: credential },
		},
		{ name: 'Table text', type: 'n8n-nodes-base.extractFromFile', parameters: text('csv') },
	].map((node, index) => ({ ...node, id: node.name, typeVersion: 1, position: [index * 220, 0] }));
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const connections = { Start: to('Report'), Report: to('Text'), Text: to('Table'), Table: to('Table text') };
	return { id: ID, name: ID, active: false, nodes, connections, settings: {} };
}

/** The components of viewer groups decide what the report contains. */
async function giveComponents({ simulator, choices: { page } }: Trial): Promise<void> {
	const { groups, components } = (await simulator.state()).pages[page.id] ?? { groups: {}, components: {} };
	const ids = Object.values(components).flatMap((component) => (component.group ? [] : component.id));
	for (const [index, { id }] of Object.values(groups).slice(1).entries()) {
		await fetch(`${simulator.url}/pages/${page.id}/page_access_groups/${id}/components`, {
			method: 'POST',
			headers: { Authorization: 'OAuth simulator-key', 'Content-Type': 'application/json' },
			body: JSON.stringify({ component_ids: ids.slice(index, index + 4) }),
		});
	}
}

const VIEWERS = 'Viewers of Northwind Status';

/** The number in front of "viewers" in the heading of the section. */
const totalOf = (text: string | null) => Number(/([\d,]+) viewers/.exec(text ?? '')?.[1]?.replace(/,/g, ''));

/** The table of viewers, as a reader uses it. */
function checksOfTable(
	page: Page,
	withPictures: boolean,
	problems: string[],
): Array<[string, () => Promise<string | undefined>]> {
	const table = page.locator('#content section', { hasText: VIEWERS });
	const first = async () => await table.locator('tbody .who').first().textContent();
	const rows = async () => await table.locator('tbody tr').count();
	const filteredBy = async (text: string) => {
		await page.fill('#filter', text);
		const found = await rows();
		const named = await table.locator('tbody tr', { hasText: text }).count();
		return found > 0 && found === named
			? problems[0]
			: `${found} viewers are shown for "${text}", and ${named} of them have it`;
	};
	return [
		[
			'the report opens without a network, with nothing from elsewhere',
			async () => {
				await table.waitFor();
				if (withPictures) await takePicture(page, 'report');
				return problems[0];
			},
		],
		[
			'the report sorts with the keyboard',
			async () => {
				const before = await first();
				const button = table.getByRole('button', { name: 'Viewer', exact: false }).first();
				await button.focus();
				await page.keyboard.press('Enter');
				const sorted = await table.locator('th[scope=col]').first().getAttribute('aria-sort');
				return (await first()) !== before && sorted === 'descending'
					? problems[0]
					: `the first viewer is ${await first()}, and the column is sorted ${sorted}`;
			},
		],
		[
			'the report finds a person',
			async () => {
				await page.fill('#filter', 'farid.evans.1@');
				return (await first()) === 'farid.evans.1@example.com' ? problems[0] : `the first viewer is ${await first()}`;
			},
		],
		[
			'the report finds a component',
			async () => await filteredBy((await table.locator('th.component').last().textContent()) ?? ''),
		],
		[
			'the report finds a viewer group',
			async () => {
				await page.fill('#filter', '');
				const groups = (await table.locator('td.groups').first().textContent()) ?? '';
				return await filteredBy(groups.split(', ')[0] ?? '');
			},
		],
		[
			'the report has findings',
			async () => {
				await page.fill('#filter', '');
				return (await page.locator('#content').getByText('This viewer group has no components').count()) > 0
					? problems[0]
					: 'the group without components is missing';
			},
		],
		[
			'the report says what was not looked at',
			async () => {
				const text = (await page.locator('dl').textContent()) ?? '';
				return text.includes("Own components of viewers ('Own Components' is off)")
					? problems[0]
					: `the head says: ${text}`;
			},
		],
	];
}

/** The printed report, which has no filter and no scrolling. */
function checksOfPaper(page: Page): Array<[string, () => Promise<string | undefined>]> {
	const complete = async () => {
		const section = page.locator('#print section', { hasText: VIEWERS });
		// The browser announces the print to the page a moment later.
		await section.waitFor({ state: 'attached' });
		const wanted = totalOf(await page.locator('#content section', { hasText: VIEWERS }).locator('p').textContent());
		const [printed, said] = [
			await section.locator('tbody tr').count(),
			totalOf(await section.locator('p').textContent()),
		];
		return wanted > 0 && printed === wanted && said === wanted
			? undefined
			: `${printed} of ${wanted} viewers are printed, under the number ${said}`;
	};
	return [
		[
			'the report is complete for a browser that asks for print',
			async () => {
				await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
				const problem = await complete();
				await page.evaluate(() => dispatchEvent(new Event('afterprint')));
				return (
					problem ??
					((await page.locator('#print tr').count()) === 0 ? undefined : 'the printed rows stay on the screen')
				);
			},
		],
		[
			'the report is complete on paper, whatever is filtered, with headings on each page and no cut column',
			async () => {
				await page.emulateMedia({ media: 'print' });
				const problem = await complete();
				const head = await page
					.locator('#print thead')
					.first()
					.evaluate((node) => getComputedStyle(node).display);
				const isCut = await page.evaluate(
					() => document.documentElement.scrollWidth > document.documentElement.clientWidth,
				);
				const isScreenShown = await page.locator('#content').isVisible();
				await page.emulateMedia({ media: 'screen' });
				if (problem) return problem;
				return head === 'table-header-group' && !isCut && !isScreenShown
					? undefined
					: `thead is ${head}, cut: ${isCut}, screen shown: ${isScreenShown}`;
			},
		],
		[
			'the report fits a phone',
			async () => {
				await page.setViewportSize(PHONE);
				const { width, inner } = await page.evaluate(() => ({
					width: document.documentElement.scrollWidth,
					inner: innerWidth,
				}));
				const isReachable =
					(await page.locator('#filter').isVisible()) &&
					(await page.locator('#content section thead button:visible').count()) > 0;
				const isReadable = await page
					.locator('#content section', { hasText: VIEWERS })
					.locator('td.access')
					.first()
					.isVisible();
				return width <= inner && isReachable && isReadable
					? undefined
					: `the page is ${width} wide on ${inner}, reachable: ${isReachable}, readable: ${isReadable}`;
			},
		],
	];
}

function csvProblem(csv: unknown): string | undefined {
	if (typeof csv !== 'string') return 'there was no file';
	const lines = csv.split('\r\n');
	const count = (kind: string) => lines.filter((line) => line.startsWith(`${kind},`)).length;
	if (!lines[0]?.includes('Kind,Page,')) return `the first line is ${lines[0]}`;
	return count('access') > 0 && count('finding') > 0 && count('summary') > 3
		? undefined
		: `${count('access')} access rows, ${count('finding')} findings, ${count('summary')} lines of the summary`;
}

/** The files as the reviewer gets them by email, without n8n and without a network. */
export async function checkReport(trial: Trial, withPictures: boolean): Promise<Check[]> {
	await giveComponents(trial);
	await trial.n8n.importWorkflows([workflow(trial)]);
	const { runData, error } = await trial.n8n.execute(ID, 'the report is created');
	const html = runData.Text?.[0]?.data?.main[0]?.[0]?.json.html;
	if (typeof html !== 'string')
		return [await check('the report is created', async () => error?.message ?? 'there was no file')];
	const csv = runData['Table text']?.[0]?.data?.main[0]?.[0]?.json.csv;
	const browser = await launchBrowser();
	try {
		const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
		const page = await context.newPage();
		const problems: string[] = [];
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('request', (request) => problems.push(`it asked for ${request.url()}`));
		await context.setOffline(true);
		await page.setContent(html);
		const checks: Check[] = [];
		for (const [name, work] of [...checksOfTable(page, withPictures, problems), ...checksOfPaper(page)])
			checks.push(await check(name, work));
		return [...checks, await check('the report is a table for spreadsheets', async () => csvProblem(csv))];
	} finally {
		await browser.close();
	}
}
