/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { applyChanges } from '../../../../../nodes/services/statuspage/plans/apply/applyChanges';
import { toChange } from '../../../../../nodes/services/statuspage/plans/change';
import { directApi } from '../../../../support/direct';
import { startSimulator, type LogEntry } from '../../../../support/simulator';
import { worldOf } from '../../../../support/world';

/** The time between the first read of a viewer and its deletion, in milliseconds. */
function gapsOf(log: LogEntry[]): number[] {
	return log
		.filter(({ method, status }) => method === 'DELETE' && status < 300)
		.map(({ path, at }) => {
			const looks = log.filter((entry) => entry.method === 'GET' && entry.path.startsWith(path) && entry.at <= at);
			return at - Math.min(...looks.map((look) => look.at));
		});
}

test('100 deletions at 60 requests per 6 s: at most one second between a read and its write', async () => {
	const simulator = await startSimulator({ limit: 60, window: 6, viewers: 130 });
	const world = await worldOf(simulator);
	const leavers = world.viewers.slice(0, 100);
	const changes = leavers.map(({ id, email, external_login, groupIds }) =>
		toChange(
			{
				action: 'deleteViewer',
				page: world.pageId,
				email,
				objectId: id,
				before: { email, external_login, groupIds: [...groupIds].sort(), componentIds: [], metricIds: [] },
				after: null,
			},
			{ peopleInScope: 130, viewersOnPage: 130 },
		),
	);
	await simulator.clearLog();
	const api = directApi(simulator.url, { limit: 60, windowMs: 6000 });
	const outcomes = await applyChanges(api, changes, { organizationId: '', capPercent: 100, concurrency: 20 });
	expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['done']));
	const log = await simulator.log();
	const gaps = gapsOf(log);
	expect(gaps).toHaveLength(100);
	process.stdout.write(`The longest time between a look and its deletion: ${Math.max(...gaps)} ms\n`);
	expect(Math.max(...gaps)).toBeLessThan(1000);
	expect(log.filter(({ isRejected }) => isRejected)).toEqual([]);
	await simulator.stop();
}, 120_000);
