import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

const COUNT = 2200;

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ viewers: COUNT })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ latency: 0, limit: 100_000 });
	world = await worldOf(simulator);
});
afterEach(() => jest.restoreAllMocks());

const upsert = { email: '={{ $json.email }}' };
/** n8n evaluates it for each item. The node reads plain fields by itself. */
const EVALUATED = '={{ $json.email.trim() }}';

/** The list pages that were read, and the emails that were searched for. */
async function reads(): Promise<{ pages: string[]; searched: string[] }> {
	const lists = (await simulator.log()).filter(
		({ method, path }) => method === 'GET' && path.endsWith('/page_access_users'),
	);
	return {
		pages: lists.filter(({ query }) => !query.email).map(({ query }) => query.page),
		searched: lists.filter(({ query }) => query.email).map(({ query }) => query.email),
	};
}

/** Counts the items whose field is read, and returns that number at the time of the first request. */
function watchFirstRequest(field = 'email'): { readBefore: number; read: number } {
	const seen = { readBefore: Infinity, read: 0 };
	const { execute } = Statuspage.prototype;
	jest.spyOn(Statuspage.prototype, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
		const { getNodeParameter } = this;
		const { httpRequestWithAuthentication } = this.helpers;
		this.getNodeParameter = ((...given: Parameters<typeof getNodeParameter>) => {
			const [name, , , options] = given;
			if (name === field && !options?.rawExpressions) seen.read++;
			return getNodeParameter.apply(this, given) as unknown;
		}) as typeof getNodeParameter;
		this.helpers.httpRequestWithAuthentication = async function (...given) {
			seen.readBefore = Math.min(seen.readBefore, seen.read);
			return await httpRequestWithAuthentication.apply(this, given);
		};
		return await execute.call(this);
	});
	return seen;
}

test('the first request of a per-item operation is sent before the last item is read', async () => {
	const seen = watchFirstRequest();
	const items = world.viewers.map(({ email }) => ({ email }));
	const { items: rows, pairedTo } = await run(world, 'viewer upsert', { email: EVALUATED }, { items });
	expect(seen.read).toBe(COUNT);
	expect(seen.readBefore).toBeLessThanOrEqual(1000);
	expect(rows.map(({ email, result }) => [email, result])).toEqual(items.map(({ email }) => [email, 'unchanged']));
	expect(pairedTo).toEqual(items.map((_, index) => index));
});

test('the first request of a batched operation is sent before the last item is read', async () => {
	const seen = watchFirstRequest('viewerIds');
	const items = world.viewers.map(({ email }) => ({ email }));
	const group = { viewerGroupId: locator('id', world.groups[0].id), viewerIds: EVALUATED };
	const { items: rows } = await run(world, 'viewerGroup addViewers', group, { items });
	expect(rows).toHaveLength(COUNT);
	expect(seen.read).toBe(COUNT);
	expect(seen.readBefore).toBeLessThan(COUNT);
	const { pages } = await reads();
	expect(new Set(pages).size).toBe(pages.length);
});

test('each page of the list is read once for all parts of the items, and nobody is searched who is in it', async () => {
	const items = world.viewers.map(({ email }) => ({ email }));
	await run(world, 'viewer upsert', upsert, { items });
	const { pages, searched } = await reads();
	expect(pages.length).toBeGreaterThanOrEqual(Math.ceil(COUNT / 100));
	expect(new Set(pages).size).toBe(pages.length);
	expect(searched).toEqual([]);
});

test('a later part does not look up what an earlier part has written', async () => {
	const email = 'new@example.com';
	const known = world.viewers.slice(0, 1000).map((viewer) => ({ email: viewer.email }));
	const items: IDataObject[] = [{ email }, ...known.slice(1), { email: email.toUpperCase() }, known[0]];
	const { items: rows } = await run(world, 'viewer upsert', upsert, { items });
	expect(rows[0].result).toBe('created');
	expect(rows[1000].result).toBe('unchanged');
	const log = await simulator.log();
	const created = log.findIndex(({ method }) => method === 'POST');
	expect(log.slice(created).filter(({ query }) => query.email?.toLowerCase() === email)).toEqual([]);
});
