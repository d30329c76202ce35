import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ publishedAgain: 'new-date', publishedDrafts: 'kept' });
	world = await worldOf(simulator);
});

async function send(method: string, path: string, body?: IDataObject) {
	const answer = await simulator.send(method, `/pages/${world.pageId}/${path}`, body ? { body } : {});
	const text = await answer.text();
	return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as IDataObject };
}

describe('postmortems', () => {
	const path = (rest = '') => `incidents/${world.incidents[0].row.id}/postmortem${rest}`;
	const draft = async (text: string) => await send('PUT', path(), { postmortem: { body_draft: text } });
	const publish = async (postmortem: IDataObject = {}) => await send('PUT', path('/publish'), { postmortem });
	const incident = async () => (await simulator.page()).incidents[world.incidents[0].row.id];

	test('a draft is not on the page until it is published, and is a draft again after a revert', async () => {
		expect((await send('GET', path())).status).toBe(404);
		expect(await draft('Cause')).toMatchObject({ status: 200, body: { body: null, body_draft: 'Cause' } });
		expect((await incident()).row).toMatchObject({ status: 'investigating', postmortem_body: null });
		const { body } = await publish({ notify_subscribers: true });
		expect(body).toMatchObject({ body: 'Cause', published_at: expect.any(String), notify_subscribers: true });
		expect(await incident()).toMatchObject({
			row: { status: 'postmortem', postmortem_body: 'Cause', postmortem_notified_subscribers: true },
			updates: [{ status: 'postmortem', body: 'Cause' }, { status: 'investigating' }],
		});
		expect((await send('PUT', path('/revert'))).body).toMatchObject({ body: null, body_draft: 'Cause' });
		expect(await incident()).toMatchObject({ row: { status: 'resolved' }, updates: [{ status: 'investigating' }] });
		expect(await simulator.problems()).toEqual([]);
	});

	test('nobody is notified without the choice, and the draft and the date depend on options', async () => {
		await draft('Cause');
		const first = (await publish()).body;
		expect(first).toMatchObject({ notify_subscribers: false, body_draft: 'Cause' });
		await simulator.options({ publishedAgain: 'first-date', publishedDrafts: 'cleared' });
		await draft('Another cause');
		const second = (await publish()).body;
		expect(second).toMatchObject({ body: 'Another cause', body_draft: null, published_at: first.published_at });
	});

	test('is gone after a DELETE, which has no body', async () => {
		await draft('Cause');
		expect(await send('DELETE', path())).toEqual({ status: 204, body: {} });
		expect((await send('DELETE', path())).status).toBe(404);
	});

	test('rejects a blank draft, and changes of a postmortem that does not exist or is not published', async () => {
		expect((await draft(' ')).status).toBe(400);
		expect((await publish()).status).toBe(404);
		await draft('Cause');
		expect((await send('PUT', path('/revert'))).status).toBe(400);
		expect(await simulator.problems()).toEqual([]);
	});

	test.each<[string, string, string, IDataObject | undefined]>([
		['POST', 'POST', '', { postmortem: { body_draft: 'x' } }],
		['an unknown field', 'PUT', '', { postmortem: { body_draft: 'x', body: 'x' } }],
		['a body of a revert', 'PUT', '/revert', { postmortem: {} }],
	])('%s is a problem in the log', async (_, method, rest, body) => {
		await send(method, path(rest), body);
		expect(await simulator.problems()).toHaveLength(1);
	});
});
