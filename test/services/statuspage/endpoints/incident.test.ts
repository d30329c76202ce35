import { incidentEndpoints } from '../../../../nodes/services/statuspage/endpoints/incident';
import { locator, run, type World } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage, two } from './contract';

const incident = ({ incidents }: World) => ({ incidentId: locator('id', incidents[0].row.id) });
const ofIncident = (world: World, rest = '') => `/pages/${world.pageId}/incidents/${world.incidents[0].row.id}${rest}`;
const list = (incidentList: string) => async (world: World) =>
	await run(world, 'incident getMany', { incidentList, returnAll: true });
const subList = (incidentList: string, path: string) => ({
	act: list(incidentList),
	method: 'GET',
	path: onPage(`incidents/${path}`),
	query: FIRST_PAGE,
});

describeContracts(incidentEndpoints, {
	listIncidents: {
		act: async (world) => await run(world, 'incident getMany', { returnAll: true, filters: { q: 'API' } }),
		method: 'GET',
		path: onPage('incidents'),
		query: { page: '1', limit: '100', q: 'API' },
	},
	listUnresolvedIncidents: subList('unresolved', 'unresolved'),
	listScheduledIncidents: subList('scheduled', 'scheduled'),
	listUpcomingIncidents: subList('upcoming', 'upcoming'),
	listActiveMaintenances: subList('activeMaintenance', 'active_maintenance'),
	createIncident: {
		act: async (world) =>
			await run(world, 'incident create', {
				name: 'Payments are delayed',
				status: 'identified',
				body: 'We know the cause.',
				components: {
					component: [
						{ componentIds: [world.components[0].id], status: 'major_outage' },
						{ componentIds: [world.components[1].id], status: 'degraded_performance' },
					],
				},
				deliverNotifications: false,
				additionalFields: {
					impactOverride: 'critical',
					metadata: { jira: { issue_id: 'value' } },
					reminderIntervals: '1, 5, 7, 10',
				},
			}),
		method: 'POST',
		path: onPage('incidents'),
		body: ({ components }) => ({
			incident: {
				name: 'Payments are delayed',
				status: 'identified',
				body: 'We know the cause.',
				component_ids: two(components),
				components: { [components[0].id]: 'major_outage', [components[1].id]: 'degraded_performance' },
				deliver_notifications: false,
				impact_override: 'critical',
				metadata: { jira: { issue_id: 'value' } },
				reminder_intervals: '[1,5,7,10]',
			},
		}),
	},
	getIncident: {
		act: async (world) => await run(world, 'incident get', incident(world)),
		method: 'GET',
		path: ofIncident,
	},
	updateIncident: {
		act: async (world) =>
			await run(world, 'incident update', {
				...incident(world),
				status: 'resolved',
				body: 'Fixed.',
				deliverNotifications: false,
				updateFields: { impactOverride: 'none', name: 'Delays', metadata: { a: {} }, reminderIntervals: 'every 4' },
			}),
		method: 'PATCH',
		path: ofIncident,
		body: () => ({
			incident: {
				name: 'Delays',
				status: 'resolved',
				body: 'Fixed.',
				deliver_notifications: false,
				impact_override: 'none',
				metadata: { a: {} },
				reminder_intervals: '4',
			},
		}),
	},
	deleteIncident: {
		act: async (world) => await run(world, 'incident delete', incident(world)),
		method: 'DELETE',
		path: ofIncident,
	},
	updateIncidentUpdate: {
		act: async (world) =>
			await run(world, 'incident editUpdate', {
				...incident(world),
				incidentUpdateId: world.incidents[0].updates[0].id,
				deliverNotifications: true,
				updateFields: { body: 'Text', displayAt: '2026-01-01T09:00:00+01:00', wantsTwitterUpdate: true },
			}),
		method: 'PATCH',
		path: (world) => ofIncident(world, `/incident_updates/${world.incidents[0].updates[0].id}`),
		body: () => ({
			incident_update: {
				body: 'Text',
				display_at: '2026-01-01T08:00:00.000Z',
				wants_twitter_update: true,
				deliver_notifications: true,
			},
		}),
	},
});

const { createIncident, updateIncident } = incidentEndpoints;

describeContracts(
	{ createMaintenance: createIncident, updateMaintenance: updateIncident, createBackfilled: createIncident },
	{
		createMaintenance: {
			act: async (world) =>
				await run(world, 'incident create', {
					incidentType: 'scheduled',
					name: 'Upgrade',
					maintenanceStatus: 'scheduled',
					body: 'We upgrade.',
					scheduledFor: '2031-02-01T10:00:00+01:00',
					scheduledUntil: '2031-02-01T11:00:00Z',
					componentIds: two(world.components),
					automaticTransitions: ['start', 'componentsAtEnd'],
					additionalFields: {
						impactOverride: 'maintenance',
						metadata: '{}',
						notifyAtEnd: true,
						notifyAtStart: false,
						remindPrior: true,
						tweets: ['onCreation'],
					},
				}),
			method: 'POST',
			path: onPage('incidents'),
			body: ({ components }) => ({
				incident: {
					name: 'Upgrade',
					status: 'scheduled',
					body: 'We upgrade.',
					scheduled_for: '2031-02-01T09:00:00.000Z',
					scheduled_until: '2031-02-01T11:00:00.000Z',
					component_ids: two(components),
					deliver_notifications: true,
					impact_override: 'maintenance',
					metadata: {},
					scheduled_auto_in_progress: true,
					scheduled_auto_completed: false,
					auto_transition_to_maintenance_state: false,
					auto_transition_to_operational_state: true,
					auto_transition_deliver_notifications_at_start: false,
					auto_transition_deliver_notifications_at_end: true,
					scheduled_remind_prior: true,
					auto_tweet_at_beginning: false,
					auto_tweet_on_completion: false,
					auto_tweet_on_creation: true,
					auto_tweet_one_hour_before: false,
				},
			}),
		},
		updateMaintenance: {
			act: async (world) => {
				const maintenance = world.incidents.find(({ row }) => row.status === 'scheduled');
				return await run(world, 'incident update', {
					incidentId: String(maintenance?.row.id),
					updateFields: {
						automaticTransitions: [],
						componentIds: world.components[9].id,
						notifyAtEnd: false,
						notifyAtStart: true,
						remindPrior: false,
						scheduledFor: '2031-03-01T22:30:00Z',
						scheduledUntil: '2031-03-02T03:00:00Z',
						tweets: ['atStart', 'atEnd', 'hourBefore'],
					},
				});
			},
			method: 'PATCH',
			path: ({ pageId, incidents }) =>
				`/pages/${pageId}/incidents/${incidents.find(({ row }) => row.status === 'scheduled')?.row.id}`,
			body: ({ incidents, components }) => ({
				incident: {
					component_ids: [
						...(incidents.find(({ row }) => row.status === 'scheduled')?.componentIds ?? []),
						components[9].id,
					],
					scheduled_for: '2031-03-01T22:30:00.000Z',
					scheduled_until: '2031-03-02T03:00:00.000Z',
					scheduled_auto_in_progress: false,
					scheduled_auto_completed: false,
					auto_transition_to_maintenance_state: false,
					auto_transition_to_operational_state: false,
					auto_transition_deliver_notifications_at_start: true,
					auto_transition_deliver_notifications_at_end: false,
					scheduled_remind_prior: false,
					auto_tweet_at_beginning: true,
					auto_tweet_on_completion: true,
					auto_tweet_on_creation: false,
					auto_tweet_one_hour_before: true,
					deliver_notifications: true,
				},
			}),
		},
		createBackfilled: {
			act: async (world) =>
				await run(world, 'incident create', {
					incidentType: 'backfilled',
					name: 'Old outage',
					body: 'It was short.',
					backfillDate: '2025-12-24',
					additionalFields: { impactOverride: 'minor', metadata: { a: { b: 1 } } },
				}),
			method: 'POST',
			path: onPage('incidents'),
			body: () => ({
				incident: {
					name: 'Old outage',
					body: 'It was short.',
					backfilled: true,
					backfill_date: '2025-12-24',
					deliver_notifications: false,
					impact_override: 'minor',
					metadata: { a: { b: 1 } },
				},
			}),
		},
	},
);
