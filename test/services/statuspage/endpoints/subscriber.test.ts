import { subscriberEndpoints } from '../../../../nodes/services/statuspage/endpoints/subscriber';
import { run, type World } from '../../../support/world';
import { describeContracts, onPage, planAndApply } from './contract';

const SUBSCRIBER = 'subscriber.0@example.com';
const ofSubscriber = ({ pageId, page }: World) =>
	`/pages/${pageId}/subscribers/${Object.values(page.subscribers).find(({ row }) => row.email === SUBSCRIBER)?.row.id}`;
const unsubscribe = async (world: World) => await planAndApply(world, SUBSCRIBER);

describeContracts(subscriberEndpoints, {
	listSubscribers: {
		act: async (world) =>
			await run(world, 'access planOffboarding', {
				email: 'nobody@example.com',
				options: { includeSubscriptions: true, pageIds: [world.pageId] },
			}),
		method: 'GET',
		path: onPage('subscribers'),
		query: { page: '0', limit: '100', state: 'all' },
	},
	getSubscriber: { act: async (world) => await unsubscribe(world), method: 'GET', path: ofSubscriber },
	deleteSubscriber: {
		act: async (world) => await unsubscribe(world),
		method: 'DELETE',
		path: ofSubscriber,
		query: { skip_unsubscription_notification: 'true' },
	},
});
