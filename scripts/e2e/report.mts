import { fetch } from 'undici';
import type { Workflow } from '../host/n8n.mts';
import type { Trial } from '../start/trial.mts';
import { launchBrowser, takePicture } from './browser.mts';
import { check, type Check } from './check.mts';

const ID = 'report';

/** Makes the report in n8n, and reads the file back as text. */
function workflow({ choices: { page, credential } }: Trial): Workflow {
	const report = { resource: 'access', operation: 'getReport', output: 'html', options: { pageIds: [page.id], directComponents: false } };
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{ name: 'Report', type: 'n8n-nodes-statuspage.statuspage', parameters: report, credentials: { statuspageApi: credential } },
		{ name: 'Text', type: 'n8n-nodes-base.extractFromFile', parameters: { operation: 'text', destinationKey: 'html', options: {} } },
	].map((node, index) => ({ ...node, id: node.name, typeVersion: 1, position: [index * 220, 0] }));
	const connections = { Start: { main: [[{ node: 'Report', type: 'main', index: 0 }]] }, Report: { main: [[{ node: 'Text', type: 'main', index: 0 }]] } };
	return { id: ID, name: ID, active: false, nodes, connections, settings: {} };
}

/** What the groups show decides what the report has to say. */
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

/** The HTML file as the reviewer gets it by mail: without n8n, and without a network. */
export async function checkReport(trial: Trial, withPictures: boolean): Promise<Check[]> {
	await giveComponents(trial);
	await trial.n8n.importWorkflows([workflow(trial)]);
	const { runData, error } = await trial.n8n.execute(ID, 'the report is made');
	const html = runData.Text?.[0]?.data?.main[0]?.[0]?.json.html;
	if (typeof html !== 'string') return [await check('the report is made', async () => error?.message ?? 'there was no file')];
	const browser = await launchBrowser();
	try {
		const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
		const page = await context.newPage();
		const problems: string[] = [];
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('request', (request) => problems.push(`it asked for ${request.url()}`));
		await context.setOffline(true);
		await page.setContent(html);
		const table = page.locator('section', { hasText: 'Viewers of Northwind Status' });
		const first = async () => await table.locator('tbody td.who').first().textContent();
		return [
			await check('the report opens without a network, with nothing from elsewhere', async () => {
				await table.waitFor();
				if (withPictures) await takePicture(page, 'report');
				return problems[0];
			}),
			await check('the report sorts', async () => {
				const before = await first();
				await table.locator('th', { hasText: 'Viewer' }).click();
				return (await first()) === before ? 'the first viewer is the same' : undefined;
			}),
			await check('the report filters', async () => {
				await page.fill('#filter', 'farid.evans.1@');
				return (await first()) === 'farid.evans.1@example.com' ? problems[0] : `the first viewer is ${await first()}`;
			}),
			await check('the report says what to look at', async () => {
				await page.fill('#filter', '');
				return (await page.getByText('The group shows no component').count()) > 0 ? problems[0] : 'the group without components is missing';
			}),
		];
	} finally {
		await browser.close();
	}
}
