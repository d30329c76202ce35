import type { NodeContext } from '../../../nodes/shared/http/connect';
import {
	ACTIVATION_TIME_LIMITS,
	PICKER_TIME_LIMITS,
	pollTimeLimits,
	WEBHOOK_TIME_LIMITS,
	type TimeLimits,
} from '../../../nodes/shared/http/timeLimits';
import { pageAddress } from '../../../nodes/services/statuspage/publicApi/pageAddress';
import { publicConnection } from '../../../nodes/services/statuspage/publicApi/publicConnection';
import { readPublicPage } from '../../../nodes/services/statuspage/publicApi/readPublicPage';
import { connectToStatuspage } from '../../../nodes/services/statuspage/connectToStatuspage';
import { contextOf, credentialFor, type ContextName, type Credential } from '../../support/engine';
import { startSimulator, type Simulator } from '../../support/simulator';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator({ viewers: 3, limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset({ viewers: 3, limit: 100_000, keys: ['simulator-key'] }));

const LIMITS: Record<ContextName, TimeLimits> = {
	hook: ACTIVATION_TIME_LIMITS,
	picker: PICKER_TIME_LIMITS,
	poll: pollTimeLimits({}),
	webhook: WEBHOOK_TIME_LIMITS,
};
const names = Object.keys(LIMITS) as ContextName[];

/** The second page of the simulator is public. */
async function publicPage(): Promise<{ pageId: string; subdomain: string }> {
	const [, { row }] = Object.values((await simulator.state()).pages);
	return { pageId: row.id, subdomain: String(row.subdomain) };
}

const connected = async (name: ContextName, extra: Credential = {}, limits = LIMITS[name]) =>
	(await connectToStatuspage(contextOf(name, credentialFor(simulator, extra)) as NodeContext, limits)).api;

describe.each(names)('in the context of n8n for a %s', (name) => {
	test('lists and single objects are read with the key', async () => {
		const api = await connected(name);
		const [{ id: pageId }] = await api.list('listPages', {});
		const viewers = await api.list('listViewers', { pageId });
		expect(viewers).toHaveLength(3);
		expect(await api.call('getViewer', { pageId, viewerId: viewers[0].id })).toMatchObject({ id: viewers[0].id });
	});

	test('public pages are read without the credential', async () => {
		const { pageId, subdomain } = await publicPage();
		const context = contextOf(name, credentialFor(simulator, { apiKey: '' })) as NodeContext;
		const connection = publicConnection(context, { timeoutMs: 5000, waitBudgetMs: 5000 });
		const address = pageAddress(`${simulator.url.replace(/\/v1$/, '')}/public/${subdomain}`, true);
		const { summary } = await readPublicPage(connection, address, ['summary', 'incidents'], { pageId });
		expect(summary.feed?.page.id).toBe(pageId);
		const again = await readPublicPage(connection, address, ['summary'], {
			pageId,
			known: { summary: summary.validators },
		});
		expect(again).toEqual({ summary: { validators: summary.validators } });
		expect((await simulator.publicLog()).map(({ status, headers }) => [status, headers.authorization])).toEqual([
			[200, undefined],
			[200, undefined],
			[304, undefined],
		]);
	});

	test('each run has its own place in the queue', async () => {
		const keys = [(await connected(name)).connection.executionKey, (await connected(name)).connection.executionKey];
		expect(new Set(keys).size).toBe(2);
	});

	test('a wait that is longer than its limit ends before it begins', async () => {
		const apiKey = `key of the ${name}`;
		await simulator.reset({ keys: [apiKey], limit: 100_000 });
		const limits = { ...LIMITS[name], giveUpAfterMs: 50 };
		const api = await connected(name, { apiKey, requestsPerMinute: 1 }, limits);
		await api.list('listPages', {});
		await expect(api.list('listPages', {})).rejects.toThrow(
			/Rate limit of Statuspage reached: could not read the pages/,
		);
	});
});

test('only executions wait without a bound', () => {
	for (const limits of Object.values(LIMITS)) expect(limits.giveUpAfterMs).toBeGreaterThan(0);
	expect(WEBHOOK_TIME_LIMITS.giveUpAfterMs).toBeLessThan(30_000);
});

test('a poll ends within the budget that n8n gives it', () => {
	expect(pollTimeLimits({ getPollBudgetMs: () => 12_000 })).toEqual({
		timeoutMs: 12_000,
		waitBudgetMs: 12_000,
		giveUpAfterMs: 12_000,
	});
});
