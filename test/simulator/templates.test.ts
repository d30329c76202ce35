import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ templates: 3 });
	world = await worldOf(simulator);
});

async function send(method: string, path: string, body?: IDataObject) {
	const answer = await simulator.send(method, `/pages/${world.pageId}/${path}`, body ? { body } : {});
	const text = await answer.text();
	return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as IDataObject };
}

describe('templates', () => {
	const NEW = { name: 'Outage', title: 'Disruption', body: 'We look into it.' };
	const create = async (template: IDataObject) => await send('POST', 'incident_templates', { template });

	test('a template has the components themselves, and names can be repeated', async () => {
		const [{ id, name }] = world.components;
		const { status, body } = await create({ ...NEW, component_ids: [id] });
		expect([status, body]).toEqual([201, expect.objectContaining(NEW)]);
		expect(body.components).toMatchObject([{ id, name, page_id: world.pageId }]);
		expect(body).not.toHaveProperty('component_ids');
		const list = (await send('GET', 'incident_templates?page=2&per_page=3')).body;
		expect(list).toMatchObject([{ id: body.id }]);
	});

	test.each<[string, IDataObject, string]>([
		['without a title', { ...NEW, title: '' }, "Title can't be blank"],
		['without a name', { title: 'x', body: 'x' }, "Name can't be blank"],
		['with an unknown component', { ...NEW, component_ids: ['gone00000001'] }, 'Unprocessable entity'],
	])('a template %s is rejected', async (_, template, message) => {
		expect(await create(template)).toMatchObject({ status: 422, body: { message } });
		expect(Object.keys((await simulator.page()).templates)).toHaveLength(3);
	});

	test.each<[string, IDataObject]>([
		['an unknown status', { ...NEW, update_status: 'postmortem' }],
		['an unknown field', { ...NEW, status: 'resolved' }],
		['a flag as text', { ...NEW, should_tweet: 'true' }],
	])('%s is a problem in the log', async (_, template) => {
		expect((await create(template)).status).toBe(400);
		expect(await simulator.problems()).toHaveLength(1);
	});

	test('the envelope is "template", and a single template can be neither read nor deleted', async () => {
		expect((await send('POST', 'incident_templates', { incident_template: NEW })).status).toBe(400);
		for (const method of ['GET', 'PATCH', 'DELETE'])
			expect((await send(method, `incident_templates/${world.templates[0].id}`)).status).toBe(404);
	});
});
