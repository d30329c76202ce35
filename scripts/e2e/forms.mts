import type { Page } from 'playwright-core';
import type { Workflow } from '../host/n8n.mts';
import type { Choices } from '../start/examples.mts';
import { launchBrowser, takePicture } from './browser.mts';
import { check, type Check, type Owner } from './check.mts';

const WORKFLOW = 'forms';
const WIDTH = 1360;

interface Form {
	/** The node, and the picture. */
	name: string;
	parameters: Record<string, unknown>;
	/** Height of the window in pixels, so the picture shows the whole form. */
	height: number;
	/** The labels in the order in which a person fills in the form. */
	labels: string[];
	/** The labels of the fields that n8n marks in red until they are filled in. */
	marked?: string[];
	/** The label of a field that is not shown. */
	hidden?: string;
	/** Runs the node, so the picture shows its output. */
	isRun?: true;
}

const forms: Form[] = [
	{
		name: 'incident',
		height: 1240,
		parameters: {
			resource: 'incident',
			operation: 'create',
			name: 'Payments unavailable',
			body: 'Card payments are not available. We are investigating the cause.',
			options: { dryRun: true },
		},
		labels: ['Type', 'Template Name or ID', 'Name', 'Status', 'Message', 'Components', 'Deliver Notifications'],
		isRun: true,
	},
	{
		name: 'maintenance',
		height: 1380,
		parameters: {
			resource: 'incident',
			operation: 'create',
			incidentType: 'scheduled',
			name: 'Database upgrade',
			body: 'We are upgrading the database.',
			scheduledFor: '2027-01-31T22:00:00',
			scheduledUntil: '2027-01-31T23:30:00',
			options: { dryRun: true },
		},
		labels: [
			'Type',
			'Template Name or ID',
			'Name',
			'Maintenance Status',
			'Scheduled For',
			'Scheduled Until',
			'Message',
			'Component Names or IDs',
			'Automatic Transitions',
			'Deliver Notifications',
		],
		isRun: true,
	},
	{
		name: 'past-incident',
		height: 1120,
		parameters: { resource: 'incident', operation: 'create', incidentType: 'backfilled' },
		labels: ['Type', 'Name', 'Date', 'Message', 'Additional Fields'],
	},
	{
		name: 'subscribers',
		height: 900,
		parameters: { resource: 'subscriber', operation: 'getMany', limit: 10 },
		labels: ['State', 'Return All', 'Limit', 'Simplify', 'Filters'],
		isRun: true,
	},
	{
		name: 'metric',
		height: 1120,
		parameters: { resource: 'metric', operation: 'create', name: 'Response Time' },
		labels: ['Metric Provider', 'Name', 'Metric Identifier', 'Additional Fields'],
		marked: ['Metric Provider'],
	},
	{
		name: 'public-page',
		height: 900,
		parameters: { resource: 'publicPage', operation: 'getIncidents' },
		labels: ['Page Address', 'List', 'Return All', 'Limit', 'Simplify'],
		marked: ['Page Address'],
		hidden: 'Credential',
	},
];

/** The forms that have a picture in the documentation. */
const PICTURES = ['incident', 'maintenance', 'subscribers'];

/** A workflow with a node per form. */
export function formsWorkflow({ credential, page }: Pick<Choices, 'credential' | 'page'>): Workflow {
	const pageId = { __rl: true, mode: 'list', value: page.id, cachedResultName: page.name };
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodes = forms.map(({ name, parameters }, index) => ({
		name,
		type: 'n8n-nodes-statuspage.statuspage',
		typeVersion: 1,
		position: [250, index * 150],
		parameters: { ...parameters, pageId },
		credentials: { statuspageApi: credential },
	}));
	return {
		id: WORKFLOW,
		name: 'Forms',
		active: false,
		nodes: [start, ...nodes].map((node) => ({ ...node, id: node.name })),
		connections: { Start: { main: [forms.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] } },
		settings: {},
	};
}

/** The labels of fields in the open node, from top to bottom. */
async function labelsOf(page: Page, selector: string): Promise<string[]> {
	const texts = await page.locator('[data-test-id="ndv"]').locator(selector).allTextContents();
	// The switch between a fixed value and an expression is part of a label.
	return texts.map((text) => text.replace('FixedExpression', '').trim());
}

async function lookAt(
	page: Page,
	url: string,
	{ name, height, labels, marked = [], hidden, isRun }: Form,
): Promise<string | undefined> {
	await page.setViewportSize({ width: WIDTH, height });
	await page.goto(`${url}/workflow/${WORKFLOW}/${name}`);
	await page.waitForSelector('[data-test-id="ndv"]');
	// Lists behind fields are loaded.
	await page.waitForTimeout(2500);
	const all = await labelsOf(page, 'label');
	if (hidden !== undefined && all.includes(hidden)) return `the field ${hidden} is shown`;
	const shown = all.filter((label) => labels.includes(label));
	if (shown.join() !== labels.join()) return `the fields are ${shown.join(', ')}`;
	const red = await labelsOf(page, '[data-test-id="parameter-item"]:has(.has-issues) label');
	if (red.join() !== marked.join()) return `the fields in red are ${red.join(', ')}`;
	if (!isRun) return undefined;
	await page.locator('[data-test-id="node-execute-button"]').first().click();
	await page.waitForSelector('[data-test-id="ndv"] table td');
	// The message about the success is gone.
	await page.waitForTimeout(6000);
	return undefined;
}

/** Opens the forms of incidents, maintenances, subscribers and metrics, and checks the order of their fields. */
export async function checkForms(url: string, { email, password }: Owner, withPictures: boolean): Promise<Check[]> {
	const browser = await launchBrowser();
	try {
		const page = await (await browser.newContext()).newPage();
		page.setDefaultTimeout(60_000);
		await page.request.post(`${url}/rest/login`, { data: { emailOrLdapLoginId: email, password } });
		const checks: Check[] = [];
		for (const form of forms)
			checks.push(
				await check(`the form '${form.name}' has its fields in order, and marks only required ones`, async () => {
					const problem = await lookAt(page, url, form);
					if (withPictures && PICTURES.includes(form.name)) await takePicture(page, form.name);
					return problem;
				}),
			);
		return checks;
	} finally {
		await browser.close();
	}
}
