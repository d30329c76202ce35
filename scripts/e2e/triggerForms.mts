import type { Page } from 'playwright-core';
import type { Host } from '../host/install.mts';
import { freePort, N8n, type Workflow } from '../host/n8n.mts';
import { choicesIn } from '../start/job.mts';
import { simulated, type Simulated } from '../start/simulated.mts';
import { launchBrowser, takePicture } from './browser.mts';
import { check, type Check } from './check.mts';

const OWNER = { email: 'admin@example.com', password: 'Statuspage-2026' };
const CREDENTIAL = { id: 'simulator', name: 'Statuspage (simulator)' };
const WORKFLOW = 'trigger-forms';
const WIDTH = 1360;

interface TriggerForm {
	/** The node, and the picture. */
	name: string;
	type: 'statuspageTrigger' | 'statuspagePollingTrigger';
	parameters: Record<string, unknown>;
	/** Height of the window in pixels, so the picture shows the whole form. */
	height: number;
	/** The labels in the order in which a person fills in the form. */
	labels: string[];
	/** The labels of the fields that n8n marks in red until they are filled in. */
	marked?: string[];
	/** The form has no field for a credential. */
	hasNoCredential?: true;
	/** Listens for a test event until the simulator sends one, or polls once. */
	run?: (page: Page, place: Place) => Promise<string | undefined>;
}

interface Place {
	simulator: Simulated;
	pageId: string;
}

const POLL_TIMES = { item: [{ mode: 'everyMinute' }] };

/** Pictures of some states of a form. */
let withPictures = false;
const picture = async (page: Page, name: string) => (withPictures ? await takePicture(page, name) : undefined);

const listenButton = (page: Page) => page.locator('[data-test-id="node-execute-button"]').first();
const output = (page: Page) => page.locator('[data-test-id="output-panel"]');

/** The messages about the success are gone. */
const afterMessages = async (page: Page) => await page.waitForTimeout(12_000);

/** Listens for a post, and shows it. */
async function listen(page: Page, { simulator, pageId }: Place): Promise<string | undefined> {
	await listenButton(page).click();
	await page.getByText('Listening for test event').first().waitFor();
	await picture(page, 'webhook-listening');
	await simulator.send('POST', `/pages/${pageId}/incidents`, {
		incident: { name: 'Payments unavailable', status: 'investigating', body: 'Card payments are not available.' },
	});
	await output(page).locator('table td').first().waitFor();
	const shown = await output(page).textContent();
	await afterMessages(page);
	return shown?.includes('Payments unavailable') ? undefined : `the output is ${shown ?? 'empty'}`;
}

/** Polls once, and shows the sample. */
async function fetchSample(page: Page): Promise<string | undefined> {
	await listenButton(page).click();
	await output(page).locator('table td').first().waitFor();
	await afterMessages(page);
	return undefined;
}

/** @param address of a public page of the simulator */
function formsFor(pageLocator: object, address: string): TriggerForm[] {
	return [
		{
			name: 'webhook-empty',
			type: 'statuspageTrigger',
			parameters: {},
			height: 820,
			labels: ['Page', 'Events', 'Filters', 'Options'],
			marked: ['Page', 'Events'],
		},
		{
			name: 'webhook-trigger',
			type: 'statuspageTrigger',
			parameters: {
				pageId: pageLocator,
				events: ['componentStatusChanged', 'incidentCreated', 'incidentResolved', 'incidentUpdated'],
				filters: { impacts: ['critical', 'major', 'none'], newStatuses: ['major_outage', 'operational'] },
				options: { contactEmail: 'ops@example.com' },
			},
			height: 1180,
			labels: ['Page', 'Events', 'Filters', 'Impact', 'New Status', 'Options', 'Contact Email'],
			run: listen,
		},
		{
			name: 'access-empty',
			type: 'statuspagePollingTrigger',
			parameters: {},
			height: 900,
			labels: ['Watch', 'Events', 'Page', 'Options'],
			marked: ['Page'],
		},
		{
			name: 'access-trigger',
			type: 'statuspagePollingTrigger',
			parameters: {
				pollTimes: POLL_TIMES,
				pageId: pageLocator,
				events: ['keyExpires', 'viewerAdded', 'viewerChanged', 'viewerGroupChanged', 'viewerRemoved'],
				daysBeforeExpiry: 30,
				options: { keepEmails: true },
			},
			height: 1100,
			labels: ['Watch', 'Events', 'Page', 'Days Before Expiry', 'Options', 'Keep Viewer Emails'],
			run: fetchSample,
		},
		{
			name: 'public-pages-empty',
			type: 'statuspagePollingTrigger',
			parameters: { mode: 'publicPages' },
			height: 900,
			labels: ['Watch', 'Page Addresses', 'Events', 'Filters', 'Options'],
			marked: ['Page Addresses'],
			hasNoCredential: true,
		},
		{
			name: 'public-pages-trigger',
			type: 'statuspagePollingTrigger',
			parameters: {
				mode: 'publicPages',
				pollTimes: POLL_TIMES,
				pageAddresses: address,
				events: ['componentStatusChanged', 'incidentCreated', 'incidentResolved', 'pageUnreachable'],
				filters: { impacts: ['critical', 'major'] },
				options: {},
				allowLoopback: true,
			},
			height: 1100,
			labels: ['Watch', 'Page Addresses', 'Events', 'Filters', 'Impact', 'Options'],
			hasNoCredential: true,
			run: fetchSample,
		},
	];
}

/** A workflow with a node per form. */
function workflowOf(forms: readonly TriggerForm[]): Workflow {
	const nodes = forms.map(({ name, type, parameters, hasNoCredential }, index) => ({
		id: name,
		name,
		type: `n8n-nodes-statuspage.${type}`,
		typeVersion: 1,
		position: [0, index * 200],
		parameters,
		...(type === 'statuspageTrigger' ? { webhookId: name } : {}),
		...(hasNoCredential ? {} : { credentials: { statuspageApi: CREDENTIAL } }),
	}));
	return { id: WORKFLOW, name: 'Triggers', active: false, nodes, connections: {}, settings: {} };
}

/** The labels of fields in the open node, from top to bottom. */
async function labelsOf(page: Page, selector: string): Promise<string[]> {
	const texts = await page.locator('[data-test-id="ndv"]').locator(selector).allTextContents();
	// The switch between a fixed value and an expression is part of a label.
	return texts.map((text) => text.replace('FixedExpression', '').trim());
}

async function lookAt(page: Page, url: string, form: TriggerForm, place: Place): Promise<string | undefined> {
	const { name, height, labels, marked = [], hasNoCredential, run } = form;
	await page.setViewportSize({ width: WIDTH, height });
	await page.goto(`${url}/workflow/${WORKFLOW}/${name}`);
	await page.waitForSelector('[data-test-id="ndv"]');
	// Lists behind fields are loaded.
	await page.waitForTimeout(2500);
	const shown = (await labelsOf(page, 'label')).filter((label) => labels.includes(label));
	if (shown.join() !== labels.join()) return `the fields are ${(await labelsOf(page, 'label')).join(', ')}`;
	const red = (await labelsOf(page, '[data-test-id="parameter-item"]:has(.has-issues) label')).filter((label) =>
		labels.includes(label),
	);
	if (red.join() !== marked.join()) return `the fields in red are ${red.join(', ')}`;
	const hasCredential = (await labelsOf(page, 'label')).some((label) => label.startsWith('Credential'));
	if (hasCredential === (hasNoCredential === true)) return 'the field for the credential is wrong';
	if (!run) return undefined;
	const problem = await run(page, place);
	await picture(page, name);
	return problem;
}

/** Opens both triggers in the editor, empty and filled in, and receives a test event. */
export async function checkTriggerForms(host: Host, takePictures: boolean): Promise<Check[]> {
	withPictures = takePictures;
	const simulator = await simulated({ viewers: 50, limit: 100_000 });
	const state = await simulator.state();
	const { page: chosen } = choicesIn(state, { credential: CREDENTIAL });
	const vendor = Object.values(state.pages)[1]?.row;
	await simulator.send('POST', `/pages/${String(vendor?.id)}/incidents`, {
		incident: { name: 'Deliveries delayed', status: 'identified', body: 'We are fixing it.', impact_override: 'major' },
	});
	const locator = { __rl: true, mode: 'list', value: chosen.id, cachedResultName: chosen.name };
	const forms = formsFor(locator, `${simulator.url.replace(/\/v1$/, '')}/public/${String(vendor?.subdomain)}`);
	const n8n = await N8n.fresh(host, 'trigger-forms');
	await n8n.importCredential({
		...CREDENTIAL,
		type: 'statuspageApi',
		data: {
			apiKey: 'simulator-key',
			organizationId: state.organizationId,
			baseUrl: simulator.url,
			requestsPerMinute: 1000,
			readOnly: false,
			expiresOn: '2027-06-30',
		},
	});
	await n8n.importWorkflows([workflowOf(forms)]);
	const running = await n8n.run(await freePort());
	await n8n.setUpOwner(running.url, OWNER);
	const browser = await launchBrowser();
	try {
		const page = await (await browser.newContext()).newPage();
		page.setDefaultTimeout(60_000);
		await page.request.post(`${running.url}/rest/login`, {
			data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
		});
		const checks: Check[] = [];
		for (const form of forms)
			checks.push(
				await check(
					`the form '${form.name}' has its fields in order, and works`,
					async () => await lookAt(page, running.url, form, { simulator, pageId: chosen.id }),
				),
			);
		return checks;
	} finally {
		await browser.close();
		await running.stop();
		await simulator.stop();
	}
}
