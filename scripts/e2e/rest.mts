import { fetch } from 'undici';
import type { Trial } from '../start/trial.mts';
import { check, type Check, type Owner } from './check.mts';

const NODE = { name: 'n8n-nodes-statuspage.statuspage', version: 1 };

/** What the editor asks n8n for: the test of the credential, and the lists behind the fields. */
export async function checkRest(url: string, owner: Owner, { simulator, choices }: Trial): Promise<Check[]> {
	const login = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
	});
	const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
	const post = async (path: string, body: object) => {
		const answer = await fetch(`${url}/rest/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', cookie }, body: JSON.stringify(body) });
		return ((await answer.json()) as { data: unknown }).data;
	};
	const { organizationId } = await simulator.state();
	const data = { apiKey: 'simulator-key', organizationId, baseUrl: simulator.url, requestsPerMinute: 60, rateWindowSeconds: 6, readOnly: false };
	const test = async (changes: object) =>
		(await post('credentials/test', { credentials: { id: 'simulator', name: 'test', type: 'statuspageApi', data: { ...data, ...changes } } })) as {
			status: string;
			message: string;
		};
	const search = async (methodName: string, filter?: string) =>
		(await post('dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.x',
			nodeTypeAndVersion: NODE,
			currentNodeParameters: { pageId: { __rl: true, mode: 'list', value: choices.page.id } },
			credentials: { statuspageApi: choices.credential },
			methodName,
			filter,
		})) as { results: Array<{ name: string }> };
	const lists = ['searchPages', 'searchViewers', 'searchViewerGroups', 'searchComponents', 'searchMetrics', 'searchTeamMembers'];
	return [
		await check('the test of a good credential is green', async () => {
			const { status, message } = await test({});
			return status === 'OK' ? undefined : message;
		}),
		await check('a wrong key is explained', async () => {
			const { status, message } = await test({ apiKey: 'wrong' });
			return status === 'Error' && message.includes('365 days') ? undefined : `${status}: ${message}`;
		}),
		...(await Promise.all(
			lists.map(async (name) =>
				await check(`${name} fills its list`, async () => ((await search(name)).results.length > 0 ? undefined : 'it was empty')),
			),
		)),
		await check('searchViewers finds an address', async () => {
			const { results } = await search('searchViewers', 'farid.evans.1@example.com');
			return results.some(({ name }) => name === 'farid.evans.1@example.com') ? undefined : JSON.stringify(results);
		}),
	];
}
