import type { Fault } from '../../simulator/faults.mts';
import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import type { Session } from './session.mts';

/** A wrong credential or an answer of the service, and the expected message of the credential test. */
interface Wrong {
	what: string;
	changes?: object;
	fault?: Fault;
	says: string;
}

/** Instead of any answer. */
const status = (code: number): Fault => ({ kind: 'status', status: code, times: 9 });
const REDIRECT: Fault = { kind: 'redirect', location: 'https://example.com/', times: 9 };
const PAGE: Fault = { kind: 'html', status: 200, times: 9 };

/** n8n's own words, where nothing answered: a declared test cannot say more. */
const NO_ANSWER: Wrong[] = [
	{ what: 'a refused connection', changes: { baseUrl: 'http://127.0.0.1:9/v1' }, says: 'ECONNREFUSED' },
	{ what: 'an unknown host', changes: { baseUrl: 'https://statuspage.invalid/v1' }, says: 'ENOTFOUND' },
];

const STATUSPAGE: Wrong[] = [
	{ what: 'a wrong key', changes: { apiKey: 'wrong' }, says: '365 days' },
	{
		what: 'a key pasted with its header',
		changes: { apiKey: 'OAuth simulator-key' },
		says: 'begins with "OAuth". Enter the key alone',
	},
	{ what: 'clear text', changes: { baseUrl: 'http://example.com/v1' }, says: 'must start with https' },
	{ what: 'a Base URL that is not a URL', changes: { baseUrl: 'api.statuspage.io' }, says: 'is not a URL' },
	{ what: 'a wrong Organization ID', changes: { organizationId: 'other' }, says: 'Check the Organization ID' },
	{ what: 'a redirect', fault: REDIRECT, says: 'redirects to another address' },
	{ what: 'a page of HTML', fault: PAGE, says: 'answers with a page of HTML' },
	{ what: 'a 403', fault: status(403), says: "isn't allowed to list" },
	{ what: 'a 420', fault: status(420), says: 'rate limit' },
	{ what: 'a 429', fault: status(429), says: 'rate limit' },
	{ what: 'a 503', fault: status(503), says: 'outage' },
	...NO_ANSWER,
];

const SCIM: Wrong[] = [
	{ what: 'a wrong key', changes: { apiKey: 'wrong' }, says: 'keys are valid for one year' },
	{
		what: 'a key pasted with its header',
		changes: { apiKey: 'Bearer simulator-scim-key' },
		says: 'begins with "Bearer". Enter the key alone',
	},
	{ what: 'a wrong Directory ID', changes: { directoryId: 'other' }, says: 'no directory with this Directory ID' },
	{
		what: 'a full URL as Directory ID',
		changes: { directoryId: 'https://api.atlassian.com/scim/directory/635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11' },
		says: 'Enter only its last part',
	},
	{
		what: 'a Base URL with the Directory ID',
		changes: { baseUrl: 'https://api.atlassian.com/scim/directory/635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11' },
		says: 'ends with a Directory ID',
	},
	{ what: 'a redirect', fault: REDIRECT, says: 'redirects to another address' },
	{ what: 'a page of HTML', fault: PAGE, says: 'answers with a page of HTML' },
	{ what: 'a 503', fault: status(503), says: 'outage' },
	...NO_ANSWER,
];

/** Tests both credentials with correct data and with everything that can be wrong. */
export async function checkCredentials({ test }: Session, { simulator }: Trial): Promise<Check[]> {
	const { organizationId, directory } = await simulator.state();
	const good = {
		statuspageApi: {
			apiKey: 'simulator-key',
			organizationId,
			baseUrl: simulator.url,
			requestsPerMinute: 60,
			rateWindowSeconds: 6,
			readOnly: false,
		},
		atlassianScimApi: {
			directoryId: directory.id,
			apiKey: 'simulator-scim-key',
			baseUrl: simulator.scimUrl,
			readOnly: false,
			rateWindowSeconds: 6,
		},
	};
	const checks: Check[] = [];
	for (const [type, data, wrongs] of [
		['statuspageApi', good.statuspageApi, STATUSPAGE],
		['atlassianScimApi', good.atlassianScimApi, SCIM],
	] as const) {
		const isGood = async (changes: object, path: string) => {
			const { length } = await simulator.log();
			const { status: result, message } = await test('simulator', type, { ...data, ...changes });
			const [entry] = (await simulator.log()).slice(length);
			return result === 'OK' && entry?.path.includes(path) ? undefined : `${message}, ${entry?.path}`;
		};
		checks.push(
			await check(
				`the test of a good ${type} is green`,
				async () => await isGood({}, type === 'statuspageApi' ? '/users' : '/ServiceProviderConfig'),
			),
			await check(
				`blanks around the key and the Base URL of ${type} do not matter`,
				async () => await isGood({ apiKey: ` ${data.apiKey}\n`, baseUrl: ` ${data.baseUrl}/ ` }, ''),
			),
		);
		for (const { what, changes, fault, says } of wrongs) {
			checks.push(
				await check(`the test of ${type} explains ${what}`, async () => {
					if (fault) await simulator.fault(fault);
					const { status: result, message } = await test('simulator', type, { ...data, ...changes });
					await simulator.clearFaults();
					return result === 'Error' && message.includes(says) ? undefined : `${result}: ${message}`;
				}),
			);
		}
	}
	checks.push(
		await check('without an Organization ID the test asks for pages', async () => {
			const { length } = await simulator.log();
			const { status: result } = await test('simulator', 'statuspageApi', {
				...good.statuspageApi,
				organizationId: ' ',
			});
			return result === 'OK' && (await simulator.log())[length]?.path === '/pages' ? undefined : result;
		}),
	);
	return checks;
}
