import { incidentPostmortemEndpoints } from '../../../../nodes/services/statuspage/endpoints/incidentPostmortem';
import type { Simulator } from '../../../support/simulator';
import { locator, run, type World } from '../../../support/world';
import { describeContracts } from './contract';

const ofPostmortem =
	(rest = '') =>
	({ pageId, incidents }: World) =>
		`/pages/${pageId}/incidents/${incidents[0].row.id}/postmortem${rest}`;
const incident = ({ incidents }: World) => ({ incidentId: locator('id', incidents[0].row.id) });

async function withDraft(world: World, simulator: Simulator): Promise<void> {
	await simulator.send('PUT', ofPostmortem()(world), { body: { postmortem: { body_draft: 'Cause' } } });
	await simulator.clearLog();
}

describeContracts(incidentPostmortemEndpoints, {
	getPostmortem: {
		async act(world, simulator) {
			await withDraft(world, simulator);
			return await run(world, 'incidentPostmortem get', incident(world));
		},
		method: 'GET',
		path: ofPostmortem(),
	},
	savePostmortemDraft: {
		act: async (world) => await run(world, 'incidentPostmortem create', { ...incident(world), bodyDraft: '## Cause' }),
		method: 'PUT',
		path: ofPostmortem(),
		body: () => ({ postmortem: { body_draft: '## Cause' } }),
	},
	deletePostmortem: {
		async act(world, simulator) {
			await withDraft(world, simulator);
			return await run(world, 'incidentPostmortem delete', incident(world));
		},
		method: 'DELETE',
		path: ofPostmortem(),
	},
	publishPostmortem: {
		async act(world, simulator) {
			await withDraft(world, simulator);
			return await run(world, 'incidentPostmortem publish', {
				...incident(world),
				notifySubscribers: true,
				additionalFields: { notifyTwitter: true, customTweet: 'The report is online.' },
			});
		},
		method: 'PUT',
		path: ofPostmortem('/publish'),
		body: () => ({
			postmortem: { notify_subscribers: true, notify_twitter: true, custom_tweet: 'The report is online.' },
		}),
	},
	revertPostmortem: {
		async act(world, simulator) {
			await withDraft(world, simulator);
			await simulator.send('PUT', ofPostmortem('/publish')(world), { body: { postmortem: {} } });
			await simulator.clearLog();
			return await run(world, 'incidentPostmortem revert', incident(world));
		},
		method: 'PUT',
		path: ofPostmortem('/revert'),
	},
});
