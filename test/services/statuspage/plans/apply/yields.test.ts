import { applyChanges } from '../../../../../nodes/services/statuspage/plans/apply/applyChanges';
import { toChange, type Action } from '../../../../../nodes/services/statuspage/plans/change';
import { StatuspageApi } from '../../../../../nodes/services/statuspage/statuspageApi';
import { CountingClock } from '../../../../support/countingClock';
import { directApi } from '../../../../support/direct';

const FACTS = { peopleInScope: 5000, viewersOnPage: 5000 };

function changeOf(action: Action, index: number) {
	return toChange(
		{ action, page: 'p', email: `p${index}@example.com`, objectId: `v${index}`, before: null, after: null },
		FACTS,
	);
}

test('thousands of changes are checked without blocking other executions', async () => {
	const { connection } = directApi('http://127.0.0.1:1');
	const clock = new CountingClock(0);
	const changes = Array.from({ length: 5000 }, (_, index) => changeOf('unchanged', index));
	const outcomes = await applyChanges(new StatuspageApi({ ...connection, clock }), changes, {
		organizationId: '',
		capPercent: 10,
		concurrency: 20,
	});
	expect(outcomes).toEqual(changes.map(({ objectId }) => ({ result: 'unchanged', objectId })));
	expect(clock.sleeps).toBeGreaterThanOrEqual(5);
	expect(connection.report.requests).toBe(0);
});
