import { activeSubscriber, subscribersIn, subscriberWith } from '../../support/subscribers';
import { locator, type World } from '../../support/world';
import { GONE, has, missing, pageOf, two, unclear, type ResourceCases, type Variant } from './case';

const subscriber = (world: World) => ({ subscriberId: locator('id', activeSubscriber(world).id) });
const idsIn = (world: World, state: string) => subscribersIn(world, state).map(({ row }) => row.id);
/** The answers to calls with many subscribers are not documented. */
const unclearCall: Variant = { faults: [{ kind: 'html', status: 200, match: { method: 'POST' }, after: true }] };
const byEmail = ({ email }: { email: string }): Variant => ({
	parameters: { subscriberId: locator('email', email.toUpperCase()) },
});

export const subscriberCases: ResourceCases = {
	cases: {
		'subscriber count': {
			output: (rows, { page }) => {
				expect(rows).toHaveLength(1);
				const total = Object.values(rows[0]).reduce<number>((sum, count) => sum + Number(count), 0);
				expect(total).toBe(Object.keys(page.subscribers).length);
			},
		},
		'subscriber create': {
			parameters: ({ components }) => ({
				email: 'new@example.com',
				additionalFields: { componentIds: two(components) },
			}),
			output: (rows, { components }) =>
				has({
					mode: 'email',
					email: 'new@example.com',
					components: two(components),
					created: true,
					state: 'unconfirmed',
				})(rows),
			after: (state) =>
				expect(subscriberWith(pageOf(state), 'new@example.com')).toMatchObject({ state: 'unconfirmed' }),
		},
		'subscriber delete': {
			parameters: subscriber,
			output: (rows, world) => {
				const { id, email } = activeSubscriber(world);
				has({ deleted: true, id, before: { id, email } })(rows);
				expect(rows[0].before).not.toHaveProperty('skip_confirmation_notification');
			},
			after: (state, world) => expect(pageOf(state).subscribers).not.toHaveProperty(activeSubscriber(world).id),
		},
		'subscriber get': {
			parameters: (world) => ({ subscriberId: locator('email', activeSubscriber(world).email) }),
			output: (rows, world) => {
				has({ id: activeSubscriber(world).id, mode: 'email' })(rows);
				expect(rows[0]).not.toHaveProperty('skip_confirmation_notification');
			},
		},
		'subscriber getHistogram': {
			output: (rows, world) =>
				has({ email: expect.objectContaining({ unconfirmed: idsIn(world, 'unconfirmed').length }) })(rows),
		},
		'subscriber getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { page }) => expect(rows.map(({ id }) => id).sort()).toEqual(Object.keys(page.subscribers).sort()),
		},
		'subscriber getUnsubscribed': {
			before: async (world, simulator) =>
				await simulator.send('DELETE', `/pages/${world.pageId}/subscribers/${activeSubscriber(world).id}`),
			output: (rows, world) => has({ id: activeSubscriber(world).id })(rows),
		},
		'subscriber reactivate': {
			parameters: (world) => ({ subscriberIds: idsIn(world, 'quarantined').join() }),
			output: (rows, world) => has({ reactivated: idsIn(world, 'quarantined'), notQuarantined: [] })(rows),
			after: (state, world) =>
				expect(idsIn(world, 'quarantined').map((id) => pageOf(state).subscribers[id].state)).toEqual(
					idsIn(world, 'quarantined').map(() => 'active'),
				),
		},
		'subscriber resendConfirmation': {
			parameters: (world) => ({ subscriberIds: idsIn(world, 'unconfirmed') }),
			output: (rows, world) => has({ requested: idsIn(world, 'unconfirmed') })(rows),
			after: (state, world) =>
				expect(idsIn(world, 'unconfirmed').map((id) => pageOf(state).subscribers[id].confirmations)).toEqual(
					idsIn(world, 'unconfirmed').map(() => 1),
				),
		},
		'subscriber unsubscribe': {
			parameters: (world) => ({ subscriberIds: [activeSubscriber(world).email, ...idsIn(world, 'unconfirmed')] }),
			output: (rows, world) =>
				has({ unsubscribed: [activeSubscriber(world).email, ...idsIn(world, 'unconfirmed')], notThere: [] })(rows),
			after: (state, world) => {
				for (const id of [activeSubscriber(world).id, ...idsIn(world, 'unconfirmed')])
					expect(pageOf(state).subscribers).not.toHaveProperty(id);
			},
		},
		'subscriber update': {
			parameters: (world) => ({ ...subscriber(world), componentIds: two(world.components) }),
			output: (rows, world) => has({ id: activeSubscriber(world).id, components: two(world.components) })(rows),
			after: (state, world) =>
				expect(pageOf(state).subscribers[activeSubscriber(world).id].row.components).toEqual(two(world.components)),
		},
	},
	variants: {
		'subscriber create': [
			({ viewers }) => ({ parameters: { additionalFields: { linkedViewer: viewers[0].email } } }),
			({ viewers }) => ({ parameters: { mode: 'viewer', viewerId: locator('email', viewers[0].email) } }),
		],
		'subscriber delete': [() => unclear, () => missing('subscriberId'), (world) => byEmail(activeSubscriber(world))],
		'subscriber reactivate': [
			() => unclearCall,
			() => ({ parameters: { subscribers: 'all', type: 'email' } }),
			() => ({ faults: [{ kind: 'status', status: 404, match: { method: 'POST' }, times: 100 }] }),
		],
		'subscriber resendConfirmation': [
			(world) => ({ parameters: { subscriberIds: activeSubscriber(world).email } }),
			() => ({ parameters: { subscribers: 'all' } }),
			() => ({ parameters: { subscriberIds: GONE } }),
		],
		'subscriber unsubscribe': [
			() => unclearCall,
			() => ({ parameters: { subscribers: 'all', type: 'email', state: 'unconfirmed' } }),
			() => ({ parameters: { subscriberIds: GONE } }),
		],
		'subscriber update': [(world) => byEmail(activeSubscriber(world))],
	},
};
