import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	changeGroupsOfViewer,
	changeViewersOfGroup,
	changeViewersOfGroups,
} from '../../../nodes/services/statuspage/membership';
import type { Viewer } from '../../../nodes/services/statuspage/endpoints';
import { writeToGroups } from '../../../nodes/services/statuspage/writeToGroups';
import { StatuspageApi } from '../../../nodes/services/statuspage/statuspageApi';
import { throwIfAnyFailed, type ChangeResult } from '../../../nodes/shared/client/changes';
import { asError, Cancelled, Failure } from '../../../nodes/shared/http/failures';
import { MAX_TRIES } from '../../../nodes/shared/http/retry';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo } from '../../support/fakeService';

const LISTED = 'listed0v0001';
const NEW = ['viewer0v0001', 'viewer0v0002'];
const GROUPS = ['group0v00001', 'group0v00002'];

/** The end of the read after the lost write. */
type Ending = 'all' | 'none' | '404' | '429' | '503' | 'reset' | 'cancelled';

const OK = (body: unknown) => ({ statusCode: 200, headers: {}, body });
const ERROR = (statusCode: number) => ({ statusCode, headers: {}, body: { error: 'Oops' } });

interface Service {
	api: StatuspageApi;
	clock: FakeClock;
}

/**
 * A service that loses the answers to its first `lost` writes. All reads of groups and viewers after that end in the same way.
 *
 * @param members of each group
 * @param canListViewers whether it answers the list of all viewers, which is read if a list of members may be cut
 */
function service(lost: number, ending: Ending, members = [LISTED], canListViewers = true): Service {
	const clock = new FakeClock();
	const controller = new AbortController();
	const lists = new Map<string, string[]>();
	let writes = 0;
	const row = (id: string) => ({
		id,
		page_id: 'page',
		name: id,
		email: `${id}@example.com`,
		page_access_user_ids: lists.get(id) ?? members,
		page_access_group_ids: lists.get(id) ?? [],
		component_ids: [],
		metric_ids: [],
	});
	const look = (answer: unknown) => {
		if (ending === 'reset') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		if (ending === 'cancelled') controller.abort();
		if (ending === 'all' || ending === 'none') return OK(answer);
		return ERROR(ending === 'cancelled' ? 503 : Number(ending));
	};
	const send = async ({ method, url, body }: IHttpRequestOptions): Promise<unknown> => {
		await clock.sleep(1);
		const id = /page_access_(?:user|group)s\/(\w+)$/.exec(url)?.[1];
		if (url.endsWith('page_access_users')) return canListViewers ? OK([]) : ERROR(503);
		const answer = id ? row(id) : GROUPS.map(row);
		if (method === 'GET') return writes >= lost ? look(answer) : OK(answer);
		writes++;
		const [ids] = Object.values(Object.values(body as Record<string, Record<string, string[]>>)[0]);
		if (writes > lost || ending === 'all') lists.set(String(id), ids);
		return writes > lost ? OK(row(String(id))) : ERROR(500);
	};
	const connection = connectionTo(clock, send, {
		limit: 1_000_000,
		signal: controller.signal,
		waitBudgetMs: 20_000,
		baseUrl: `https://${lost}-${ending}.example.com`,
	});
	return { api: new StatuspageApi(connection), clock };
}

type Act = (api: StatuspageApi) => Promise<ChangeResult>;

const SIDES: Record<string, { act: Act; object: string; ids: string[] }> = {
	'the viewers of a group': {
		act: async (api) => await changeViewersOfGroup(api, 'page', GROUPS[0], NEW, 'add'),
		object: `viewer group ${GROUPS[0]}`,
		ids: NEW,
	},
	'the groups of a viewer': {
		act: async (api) => await changeGroupsOfViewer(api, 'page', NEW[0], GROUPS, 'add'),
		object: `viewer ${NEW[0]}`,
		ids: GROUPS,
	},
	'the viewers of several groups': {
		act: async (api) => {
			const wanted = new Map(GROUPS.map((id) => [id, NEW]));
			return (await changeViewersOfGroups(api, 'page', wanted, 'add')).get(GROUPS[0]) as ChangeResult;
		},
		object: 'viewer group',
		ids: NEW,
	},
};

/** What the item says: what was done, or its error with the advice. */
async function said({ api, clock }: Service, act: Act): Promise<string> {
	try {
		const result = await clock.finish(act(api));
		throwIfAnyFailed(result, 'add', 'the list');
		return `done: ${result.done.join()}`;
	} catch (error) {
		if (error instanceof Cancelled) return error.mayHaveArrived ? 'cancelled, unanswered' : 'cancelled';
		if (error instanceof Failure) return `${error.message}. ${error.facts.advice}`;
		throw asError(error);
	}
}

/** The endings of the read that do not show the result, and the words of the read in the error. */
const UNKNOWN: Array<[Ending, RegExp]> = [
	['404', /could not be checked: Statuspage could not find the/],
	['429', /could not be checked: Rate limit of Statuspage reached: could not read the/],
	['503', /could not be checked: Statuspage .*could not read the/],
	['reset', /could not be checked: .*the connection was closed/],
];

const WRITES: Array<[string, number]> = [
	['the last try of the write', MAX_TRIES],
	['the first try of the write', 1],
];

describe.each(Object.keys(SIDES))('when the answer to a write of %s is lost', (name) => {
	const { act, object, ids } = SIDES[name];
	/** The groups of one unit are written side by side, and share its tries. */
	const together = name === 'the viewers of several groups' ? GROUPS.length : 1;
	const lostWrites = (tries: number) => Math.ceil(tries / together) * together;

	describe.each(WRITES)('and the list is read after %s', (_, tries) => {
		test('a list with all IDs shows that it was done', async () => {
			const known = service(lostWrites(tries), 'all');
			expect(await said(known, act)).toBe(`done: ${ids.join()}`);
		});

		test('a list without the IDs shows no success of the write', async () => {
			const known = service(lostWrites(tries), 'none');
			const text = await said(known, act);
			if (tries === 1) expect(text).toBe(`done: ${ids.join()}`);
			else expect(text).toMatch(new RegExp(`could not update the ${object}.*may have succeeded`));
		});

		test.each(UNKNOWN)(
			'%s: the error is the one of the write, and says that it may have succeeded',
			async (ending, words) => {
				const text = await said(service(lostWrites(tries), ending), act);
				expect(text).toMatch(new RegExp(`^Statuspage could not update the ${object}.*The request may have succeeded`));
				expect(text).toMatch(words);
				expect(text).not.toMatch(/nothing was changed|no request was sent/i);
			},
		);

		test('cancelled: the item counts as sent without an answer', async () => {
			expect(await said(service(lostWrites(tries), 'cancelled'), act)).toBe('cancelled, unanswered');
		});
	});
});

describe('if the list may be cut after a lost write', () => {
	const { act, ids } = SIDES['the viewers of a group'];
	const members = Array.from({ length: 98 }, (_, index) => `member0v${String(index).padStart(4, '0')}`);

	test.each(WRITES)('the full list shows that it was done, after %s', async (_, tries) => {
		expect(await said(service(tries, 'all', members), act)).toBe(`done: ${ids.join()}`);
	});

	test.each(WRITES)('a full list that cannot be read is not the error, after %s', async (_, tries) => {
		const text = await said(service(tries, 'all', members, false), act);
		expect(text).toMatch(/^Statuspage could not update the viewer group .*The request may have succeeded/);
		expect(text).toMatch(/could not be checked: .*viewers/);
	});
});

describe('if several groups are tried a second time after a lost write', () => {
	const addToGroups: Act = async (api) => {
		const viewers = NEW.map((viewerId) => ({
			viewerId,
			groupIds: GROUPS,
			viewer: { id: viewerId, email: `${viewerId}@example.com`, page_access_group_ids: [] } as unknown as Viewer,
		}));
		const [settled] = (await writeToGroups(api, 'page', viewers, 'add', 5)).values();
		if (settled.status === 'rejected') throw asError(settled.reason);
		return settled.value;
	};

	test('and the groups have all IDs, it was done', async () => {
		expect(await said(service(GROUPS.length, 'all'), addToGroups)).toBe(`done: ${GROUPS.join()}`);
	});

	test.each(UNKNOWN)('and the groups cannot be read (%s), the item says that it may have been done', async (ending) => {
		const text = await said(service(GROUPS.length, ending), addToGroups);
		expect(text).toMatch(/An earlier request may have succeeded|Some changes may have been made/);
		expect(text).not.toMatch(/nothing was changed|no request was sent/i);
	});
});
