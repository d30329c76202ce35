import { feedSign, evaluateSigns, type Signs } from '../../../nodes/services/statuspage/audience';
import { startSimulator, type Simulator } from '../../support/simulator';
import { results, worldOf, type World } from '../../support/world';

const signs = (given: Partial<Signs>): Signs => ({ onlyTeamMembers: false, viewers: 'some', feed: 'closed', ...given });

describe('the evaluation', () => {
	test.each<[Partial<Signs>, boolean | null]>([
		[{}, true],
		[{ viewers: 'none' }, null],
		[{ viewers: 'unknown' }, null],
		[{ feed: 'unknown' }, null],
		[{ feed: 'unknown', viewers: 'none' }, null],
		[{ feed: 'unknown', viewers: 'unknown' }, null],
		[{ feed: 'open' }, false],
		[{ feed: 'open', viewers: 'unknown' }, false],
		[{ onlyTeamMembers: true }, false],
	])('of %j is %p', (given, isAudienceSpecific) => {
		expect(evaluateSigns(signs(given), 'Acme')).toMatchObject({
			isAudienceSpecific,
			sureness: isAudienceSpecific === null ? 'unknown' : 'likely',
		});
	});

	test('describes its signs', () => {
		expect(evaluateSigns(signs({ viewers: 'unknown', feed: 'unknown' }), 'Acme').summary).toBe(
			'It is unknown whether Acme is audience-specific. The public status feed of the page could not be read. Statuspage did not return the viewers of the page',
		);
		expect(evaluateSigns(signs({ feed: 'open' }), 'Acme').summary).toBe(
			'Acme is probably not audience-specific, so viewers and viewer groups have no effect on it. The public status feed of the page can be read without a login. The page has viewers',
		);
	});
});

test.each([
	['no answer', undefined, 'unknown'],
	['a feed', { status: 200, body: { status: {} } }, 'open'],
	['another page', { status: 200, body: '<html>' }, 'unknown'],
	...[401, 403].map((status) => [`${status}`, { status, body: {} }, 'closed'] as const),
	...[400, 404, 410, 420, 429, 500, 503].map((status) => [`${status}`, { status, body: {} }, 'unknown'] as const),
	['a redirect to a login', { status: 302, body: '', location: 'https://acme.statuspage.io/access/login' }, 'closed'],
	['a redirect to single sign-on', { status: 303, body: '', location: 'https://id.example.com/saml?page=1' }, 'closed'],
	[
		'a redirect to another address',
		{ status: 301, body: '', location: 'https://status.example.com/api/v2/status.json' },
		'unknown',
	],
	['a redirect without an address', { status: 302, body: '' }, 'unknown'],
] as const)('%s of the feed is a sign', (_, answer, sign) => {
	expect(feedSign(answer)).toBe(sign);
});

describe('Check Audience', () => {
	let simulator: Simulator;
	let world: World;
	beforeAll(async () => (simulator = await startSimulator()));
	afterAll(async () => await simulator.stop());
	beforeEach(async () => {
		await simulator.reset({ limit: 100_000 });
		world = await worldOf(simulator);
	});

	test.each([403, 404, 422])('viewers that cannot be read (%d) are not evidence', async (status) => {
		await simulator.fault({ kind: 'status', status, match: { path: 'page_access_users$' } });
		expect(await results(world, 'page checkAudience')).toMatchObject([
			{ isAudienceSpecific: null, sureness: 'unknown' },
		]);
	});

	test('a feed that requires a login and existing viewers make it likely', async () => {
		expect(await results(world, 'page checkAudience')).toMatchObject([
			{
				isAudienceSpecific: true,
				evidence: ['The public status feed of the page needs a login', 'The page has viewers'],
			},
		]);
	});
});
