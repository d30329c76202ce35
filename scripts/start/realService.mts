import { fetch } from 'undici';
import { N8n, type NodeRun } from '../host/n8n.mts';
import type { Host } from '../host/install.mts';
import { say, table } from '../host/screen.mts';
import { example } from './examples.mts';

export interface RealKey {
	apiKey: string;
	organizationId: string;
	baseUrl: string;
	pageId: string;
}

/** The key of a real account from the environment; undefined without one. */
export function realKey(env: NodeJS.ProcessEnv): RealKey | undefined {
	const {
		STATUSPAGE_API_KEY: apiKey,
		STATUSPAGE_ORGANIZATION_ID: organizationId = '',
		STATUSPAGE_PAGE_ID: pageId = '',
	} = env;
	const baseUrl = env.STATUSPAGE_BASE_URL ?? 'https://api.statuspage.io/v1';
	return apiKey ? { apiKey, organizationId, baseUrl, pageId } : undefined;
}

interface Page {
	id: string;
	name: string;
}

async function pageOf({ apiKey, baseUrl, pageId }: RealKey): Promise<Page> {
	const answer = await fetch(`${baseUrl}/pages`, { headers: { Authorization: `OAuth ${apiKey}` }, redirect: 'manual' });
	if (answer.status === 401)
		throw new Error('Statuspage rejected the key in STATUSPAGE_API_KEY. It may be mistyped, deleted or expired.');
	if (!answer.ok)
		throw new Error(`Statuspage answered with status ${answer.status} to the request for the pages of the key.`);
	const pages = (await answer.json()) as Page[];
	const page = pageId ? pages.find(({ id }) => id === pageId) : pages[0];
	if (!page)
		throw new Error(
			pageId ? `The key has no access to the page ${pageId} in STATUSPAGE_PAGE_ID.` : 'The key has no pages.',
		);
	return page;
}

/**
 * Runs the read-only example against the real service. Returns true when every step succeeded. Nothing is written there: the
 * example only reads, and the credential is read-only. n8n's data folder, which contains the key, is deleted afterwards.
 */
export async function readRealService(host: Host, key: RealKey): Promise<boolean> {
	const page = await pageOf(key);
	const n8n = await N8n.in(host, `real-${process.pid}`);
	try {
		const { apiKey, organizationId, baseUrl } = key;
		const credential = {
			id: 'real',
			name: 'Statuspage (read only)',
			type: 'statuspageApi',
			data: { apiKey, organizationId, baseUrl, readOnly: true },
		};
		await n8n.importCredential(credential);
		await n8n.importWorkflows([await example('read-only-check', { credential, page })]);
		say(`Reading ${page.name} with the key in STATUSPAGE_API_KEY. Nothing is written …`);
		const { runData, error } = await n8n.execute('read-only-check', 'the read-only example runs');
		const nodes = ['List pages', 'List viewers', 'List viewer groups'];
		const rows = nodes.map((node) => {
			const run: NodeRun | undefined = runData[node]?.[0];
			const isDone = run !== undefined && run.error === undefined;
			return [
				isDone ? '✓' : '✗',
				node,
				String(run?.data?.main[0]?.length ?? 0),
				run?.error?.message ?? (run ? '' : (error?.message ?? 'it did not run')),
			];
		});
		say(`\n${table([['', 'step', 'rows', ''], ...rows])}\n`);
		return rows.every(([mark]) => mark === '✓');
	} finally {
		await n8n.forget();
	}
}
