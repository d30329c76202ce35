import { incidentSubscriberEndpoints } from '../../../../nodes/services/statuspage/endpoints/incidentSubscriber';
import type { Simulator } from '../../../support/simulator';
import { addIncidentSubscriber, openIncident } from '../../../support/subscribers';
import { locator, run, type World } from '../../../support/world';
import { FIRST_PAGE, describeContracts, type Contract } from './contract';

const EMAIL = 'reader@example.com';
const ofIncident =
	(rest = '') =>
	(world: World) =>
		`/pages/${world.pageId}/incidents/${openIncident(world).row.id}/subscribers${rest}`;
/** The ID of the subscriber that the run added. */
let id = '';
const withSubscriber =
	(operation: string): Contract['act'] =>
	async (world: World, simulator: Simulator) => {
		id = await addIncidentSubscriber(world, simulator, EMAIL);
		await simulator.clearLog();
		return await run(world, `incidentSubscriber ${operation}`, {
			incidentId: locator('name', openIncident(world).row.id),
			incidentSubscriberId: locator('id', id),
		});
	};
const ofSubscriber =
	(rest = '') =>
	(world: World) =>
		ofIncident(`/${id}${rest}`)(world);

describeContracts(incidentSubscriberEndpoints, {
	listIncidentSubscribers: {
		act: async (world) =>
			await run(world, 'incidentSubscriber getMany', {
				incidentId: locator('id', openIncident(world).row.id),
				returnAll: true,
			}),
		method: 'GET',
		path: ofIncident(),
		query: FIRST_PAGE,
	},
	createIncidentSubscriber: {
		act: async (world) =>
			await run(world, 'incidentSubscriber create', {
				incidentId: locator('id', openIncident(world).row.id),
				email: EMAIL,
				skipConfirmation: true,
			}),
		method: 'POST',
		path: ofIncident(),
		body: () => ({ subscriber: { email: EMAIL, skip_confirmation_notification: true } }),
	},
	getIncidentSubscriber: { act: withSubscriber('get'), method: 'GET', path: ofSubscriber() },
	deleteIncidentSubscriber: { act: withSubscriber('delete'), method: 'DELETE', path: ofSubscriber() },
	resendIncidentSubscriberConfirmation: {
		act: withSubscriber('resendConfirmation'),
		method: 'POST',
		path: ofSubscriber('/resend_confirmation'),
	},
});
