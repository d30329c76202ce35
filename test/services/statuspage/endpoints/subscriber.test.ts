import { subscriberEndpoints } from '../../../../nodes/services/statuspage/endpoints/subscriber';
import { locator, run, type World } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage, planAndApply, two } from './contract';

const SUBSCRIBER = 'subscriber.0@example.com';
const idIn = ({ page }: World) =>
	String(Object.values(page.subscribers).find(({ row }) => row.email === SUBSCRIBER)?.row.id);
const ofSubscriber =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/subscribers/${idIn(world)}${rest}`;
const subscriber = (world: World) => ({ subscriberId: locator('id', idIn(world)) });
const inState = ({ page }: World, state: string) =>
	Object.values(page.subscribers)
		.filter((entry) => entry.state === state)
		.map(({ row }) => row.id);

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
	createSubscriber: {
		act: async (world) =>
			await run(world, 'subscriber create', {
				mode: 'webhook',
				endpoint: 'https://example.com/hook',
				skipConfirmation: true,
				additionalFields: {
					contactEmail: 'ops@example.com',
					componentIds: two(world.components),
					linkedViewer: world.viewers[0].id,
				},
			}),
		method: 'POST',
		path: onPage('subscribers'),
		body: ({ components, viewers }) => ({
			subscriber: {
				endpoint: 'https://example.com/hook',
				email: 'ops@example.com',
				page_access_user: viewers[0].id,
				component_ids: two(components),
				skip_confirmation_notification: true,
			},
		}),
	},
	countSubscribers: {
		act: async (world) => await run(world, 'subscriber count', { state: 'quarantined', filters: { type: 'email' } }),
		method: 'GET',
		path: onPage('subscribers/count'),
		query: { state: 'quarantined', type: 'email' },
	},
	getSubscriberHistogram: {
		act: async (world) => await run(world, 'subscriber getHistogram'),
		method: 'GET',
		path: onPage('subscribers/histogram_by_state'),
	},
	listUnsubscribed: {
		act: async (world) => await run(world, 'subscriber getUnsubscribed', { returnAll: true }),
		method: 'GET',
		path: onPage('subscribers/unsubscribed'),
		query: FIRST_PAGE,
	},
	unsubscribeSubscribers: {
		act: async (world) =>
			await run(world, 'subscriber unsubscribe', {
				subscriberIds: inState(world, 'unconfirmed'),
				skipNotification: true,
			}),
		method: 'POST',
		path: onPage('subscribers/unsubscribe'),
		body: (world) => ({
			subscribers: inState(world, 'unconfirmed'),
			state: 'all',
			skip_unsubscription_notification: true,
		}),
	},
	reactivateSubscribers: {
		act: async (world) => await run(world, 'subscriber reactivate', { subscriberIds: inState(world, 'quarantined') }),
		method: 'POST',
		path: onPage('subscribers/reactivate'),
		body: (world) => ({ subscribers: inState(world, 'quarantined') }),
	},
	resendSubscriberConfirmations: {
		act: async (world) =>
			await run(world, 'subscriber resendConfirmation', { subscriberIds: inState(world, 'unconfirmed') }),
		method: 'POST',
		path: onPage('subscribers/resend_confirmation'),
		body: (world) => ({ subscribers: inState(world, 'unconfirmed') }),
	},
	resendSubscriberConfirmation: {
		act: async (world) => await run(world, 'subscriber resendConfirmation', { subscriberIds: idIn(world) }),
		method: 'POST',
		path: ofSubscriber('/resend_confirmation'),
	},
	getSubscriber: {
		act: async (world) => await run(world, 'subscriber get', subscriber(world)),
		method: 'GET',
		path: ofSubscriber(),
	},
	updateSubscriber: {
		act: async (world) =>
			await run(world, 'subscriber update', { ...subscriber(world), componentIds: two(world.components) }),
		method: 'PATCH',
		path: ofSubscriber(),
		body: ({ components }) => ({ component_ids: two(components) }),
	},
	deleteSubscriber: {
		act: async (world) => await planAndApply(world, SUBSCRIBER),
		method: 'DELETE',
		path: ofSubscriber(),
		query: { skip_unsubscription_notification: 'true' },
	},
});
