import type { Page } from 'playwright-core';
import { launchBrowser, takePicture } from './browser.mts';
import { builtProperties } from './builtNode.mts';
import { check, type Check, type Owner } from './check.mts';

async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	await page.waitForSelector('[data-test-id="canvas-node"]');
	await page.waitForTimeout(1500);
}

/** Runs the main example in the editor, and opens the nodes and credentials as a user does. */
export async function checkEditor(url: string, { email, password }: Owner, withPictures: boolean): Promise<Check[]> {
	const browser = await launchBrowser();
	try {
		const page = await (await browser.newContext({ viewport: { width: 1360, height: 820 } })).newPage();
		page.setDefaultTimeout(60_000);
		const picture = async (name: string) => (withPictures ? await takePicture(page, name) : undefined);
		await page.request.post(`${url}/rest/login`, { data: { emailOrLdapLoginId: email, password } });
		return [
			await check('the main example runs in the editor', async () => {
				await openWorkflow(page, url, 'viewers-at-scale');
				await page.click('[data-test-id="execute-workflow-button"]');
				await page.waitForSelector('text=Workflow executed successfully');
				await picture('workflow');
				return undefined;
			}),
			await check('the node shows its rows as a table', async () => {
				await page.dblclick('[data-node-name="List viewers"]');
				await page.waitForSelector('[data-test-id="ndv"]');
				await page.waitForSelector('[data-test-id="ndv"] table td');
				await page.waitForTimeout(1000);
				const rows = await page.locator('[data-test-id="ndv"]').textContent();
				await picture('node');
				return rows?.includes('farid.evans.1@example.com') ? undefined : 'the table does not contain the viewers';
			}),
			await check('a page is picked from the list', async () => {
				await page.locator('[data-test-id="resource-locator-pageId"] [data-test-id="rlc-input"]').click();
				const item = page.locator('[data-test-id="rlc-item"]', { hasText: 'Northwind Status' });
				await item.waitFor();
				await picture('pick-page');
				await item.click();
				await page.keyboard.press('Escape');
				return undefined;
			}),
			await check('the notice about audience-specific pages is shown for an operation that writes', async () => {
				await openWorkflow(page, url, 'joiner');
				await page.dblclick('[data-node-name="Create or update viewer"]');
				const notice = builtProperties().find(({ name }) => name === 'audienceNotice')?.displayName ?? '';
				const [sentence = ''] = notice.split('. ');
				await page.getByText(sentence).first().waitFor();
				await page.waitForTimeout(1000);
				await picture('create-or-update');
				return undefined;
			}),
			await check('the node of the directory opens in the leaver example', async () => {
				await openWorkflow(page, url, 'leaver-from-directory');
				await picture('leaver-from-directory');
				await page.dblclick('[data-node-name="Deactivate in the directory"]');
				await page.waitForSelector('[data-test-id="ndv"]');
				await page.locator('[data-test-id="parameter-input-operation"]').first().waitFor();
				await page.waitForTimeout(1000);
				return undefined;
			}),
			await check('the credential of the directory shows its fields', async () => {
				await page.goto(`${url}/home/credentials`);
				await page.click('text=Atlassian SCIM (simulator)');
				await page.waitForSelector('text=Directory ID');
				await page.waitForTimeout(1500);
				await picture('directory-credential');
				return undefined;
			}),
			await check('the credential shows its fields', async () => {
				await page.goto(`${url}/home/credentials`);
				await page.click('text=Statuspage (simulator)');
				await page.waitForSelector('text=Requests per Minute');
				await page.waitForTimeout(1500);
				await picture('credential');
				return undefined;
			}),
		];
	} finally {
		await browser.close();
	}
}
