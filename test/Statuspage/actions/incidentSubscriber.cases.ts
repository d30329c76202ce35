import { addIncidentSubscriber, openIncident } from '../../support/subscribers';
import type { Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';
import { has, missing, pageOf, unclear, type ResourceCases } from './case';

const EMAIL = 'reader@example.com';
const before = async (world: World, simulator: Simulator) => await addIncidentSubscriber(world, simulator, EMAIL);
const incident = (world: World) => ({ incidentId: locator('id', openIncident(world).row.id) });
const subscriber = (world: World) => ({
	...incident(world),
	incidentSubscriberId: locator('email', EMAIL),
});

export const incidentSubscriberCases: ResourceCases = {
	cases: {
		'incidentSubscriber create': {
			parameters: (world) => ({ ...incident(world), mode: 'sms', phoneCountry: 'us', phoneNumber: '202-555-0105' }),
			output: has({ mode: 'sms', phone_country: 'US', phone_number: '2025550105', created: true }),
			after: (state, world) =>
				expect(Object.values(pageOf(state).incidents[openIncident(world).row.id].subscribers)).toMatchObject([
					{ row: { phone_number: '2025550105' } },
				]),
		},
		'incidentSubscriber delete': {
			before,
			parameters: subscriber,
			output: has({ deleted: true, email: EMAIL, before: { email: EMAIL } }),
			after: (state, world) => expect(pageOf(state).incidents[openIncident(world).row.id].subscribers).toEqual({}),
		},
		'incidentSubscriber get': {
			before,
			parameters: subscriber,
			output: has({ mode: 'email', email: EMAIL }),
		},
		'incidentSubscriber getMany': {
			before,
			parameters: (world) => ({ ...incident(world), returnAll: true }),
			output: has({ mode: 'email', email: EMAIL }),
		},
		'incidentSubscriber resendConfirmation': {
			before,
			parameters: subscriber,
			output: has({ requested: [expect.any(String)], email: EMAIL }),
			after: (state, world) =>
				expect(Object.values(pageOf(state).incidents[openIncident(world).row.id].subscribers)).toMatchObject([
					{ confirmations: 1 },
				]),
		},
	},
	variants: {
		'incidentSubscriber create': [(world) => ({ parameters: { ...incident(world), options: { dryRun: true } } })],
		'incidentSubscriber delete': [
			(world) => ({ ...unclear, before: async (simulator) => await addIncidentSubscriber(world, simulator, EMAIL) }),
			() => missing('incidentSubscriberId'),
		],
	},
};
