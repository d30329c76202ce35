import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import type { Session } from './session.mts';

/** What the editor asks n8n for: the test of the credential, and the lists behind the fields. */
export async function checkRest({ test, search }: Session, { simulator, choices }: Trial): Promise<Check[]> {
	const { organizationId } = await simulator.state();
	const data = { apiKey: 'simulator-key', organizationId, baseUrl: simulator.url, requestsPerMinute: 60, rateWindowSeconds: 6, readOnly: false };
	const find = async (methodName: string, filter?: string) =>
		await search('statuspage', { statuspageApi: choices.credential }, methodName, { parameters: { pageId: { __rl: true, mode: 'list', value: choices.page.id } }, filter });
	const lists = ['searchPages', 'searchViewers', 'searchViewerGroups', 'searchComponents', 'searchMetrics', 'searchTeamMembers'];
	return [
		await check('the test of a good credential is green', async () => {
			const { status, message } = await test('simulator', 'statuspageApi', data);
			return status === 'OK' ? undefined : message;
		}),
		await check('a wrong key is explained', async () => {
			const { status, message } = await test('simulator', 'statuspageApi', { ...data, apiKey: 'wrong' });
			return status === 'Error' && message.includes('365 days') ? undefined : `${status}: ${message}`;
		}),
		...(await Promise.all(lists.map(async (name) => await check(`${name} fills its list`, async () => ((await find(name)).length > 0 ? undefined : 'it was empty'))))),
		await check('searchViewers finds an address', async () => {
			const results = await find('searchViewers', 'farid.evans.1@example.com');
			return results.some(({ name }) => name === 'farid.evans.1@example.com') ? undefined : JSON.stringify(results);
		}),
	];
}
