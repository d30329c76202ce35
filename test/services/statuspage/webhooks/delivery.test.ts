import { parseDelivery } from '../../../../nodes/services/statuspage/webhooks/delivery';

const PAGE = 'abcdefghijkl';
const page = { id: PAGE, status_indicator: 'critical', status_description: 'All Systems Operational' };
const incident = {
	id: 'inc000000001',
	name: 'Outage',
	status: 'investigating',
	impact: 'minor',
	components: [],
	incident_updates: [{ id: 'u1', status: 'investigating', body: 'We look', affected_components: null }],
};
const component = { id: 'com000000001', name: 'API', status: 'major_outage', description: null };
const update = {
	id: 'upd000000001',
	component_id: component.id,
	old_status: 'operational',
	new_status: 'major_outage',
};

test.each<[string, object, object]>([
	['an incident', { page, incident }, { kind: 'incident', incident: { id: incident.id, updates: [{ id: 'u1' }] } }],
	['an incident with unknown keys', { page, incident, meta: {}, later: 1 }, { kind: 'incident' }],
	['an incident without updates', { page, incident: { ...incident, incident_updates: null } }, { kind: 'incident' }],
	[
		'a component before its update',
		{ page, component, component_update: update },
		{
			kind: 'component',
			change: {
				id: update.id,
				componentId: component.id,
				name: 'API',
				oldStatus: 'operational',
				newStatus: 'major_outage',
				createdAt: null,
			},
		},
	],
	['an update before its component', { component_update: update, page, component }, { kind: 'component' }],
	[
		'a component without a name',
		{ page, component: { id: component.id }, component_update: update },
		{ kind: 'component', change: { name: component.id } },
	],
])('%s is understood', (_, body, delivery) => expect(parseDelivery(body, PAGE)).toMatchObject(delivery));

test.each<[string, unknown, number]>([
	['null', null, 400],
	['a text', 'x', 400],
	['an array', [], 400],
	['an empty object', {}, 400],
	['nulls', { page: null, incident: null }, 400],
	['a list of pages', { page: [page], incident }, 400],
	['another page', { page: { id: 'other' }, incident }, 400],
	['a number as the page', { page: { id: 12345 }, incident }, 400],
	['the page in capitals', { page: { id: PAGE.toUpperCase() }, incident }, 400],
	['a copy with an event type', { page, incident, event_type: 'incident' }, 400],
	['no content', { page }, 200],
	['a maintenance in a field of its own', { page, scheduled_maintenance: {} }, 200],
	['an incident that is null', { page, incident: null }, 200],
	['an incident without an ID', { page, incident: { ...incident, id: undefined } }, 200],
	['an incident with a number as ID', { page, incident: { ...incident, id: 7 } }, 200],
	['an incident whose ID is a path', { page, incident: { ...incident, id: '../subscribers' } }, 200],
	['an incident whose ID is empty', { page, incident: { ...incident, id: ' ' } }, 200],
	['an incident with a long ID', { page, incident: { ...incident, id: 'x'.repeat(65) } }, 200],
	['an incident without a status', { page, incident: { ...incident, status: null } }, 200],
	[
		'an incident with too many updates',
		{ page, incident: { ...incident, incident_updates: Array(1001).fill({ id: 'u' }) } },
		200,
	],
	['a component that is null', { page, component: null, component_update: null }, 200],
	['a component without its update', { page, component }, 200],
	['an update of another component', { page, component: { ...component, id: 'x' }, component_update: update }, 200],
	['an update without a new status', { page, component, component_update: { ...update, new_status: '' } }, 200],
])('%s starts nothing', (_, body, status) =>
	expect(parseDelivery(body, PAGE)).toMatchObject({ kind: 'ignored', status }),
);
