import { component } from '../../../../nodes/services/statuspage/objects/component';
import { labelsOf } from '../../../../nodes/services/statuspage/objects/labels';
import { isStatuspageId } from '../../../../nodes/services/statuspage/objects/objectKind';
import { page } from '../../../../nodes/services/statuspage/objects/page';
import { teamMember } from '../../../../nodes/services/statuspage/objects/teamMember';
import { viewerGroup } from '../../../../nodes/services/statuspage/objects/viewerGroup';

const group = (id: string, name: string, external_identifier: string | null = null) => ({
	id,
	name,
	external_identifier,
	page_access_user_ids: [],
	component_ids: [],
	metric_ids: [],
});

test('a name that only one object has is shown alone', () => {
	expect(labelsOf(viewerGroup, [group('a', 'Sales', 'idp-1'), group('b', 'Support')])).toEqual(['Sales', 'Support']);
});

test('two objects with one name differ by a detail, or else by the ID', () => {
	expect(labelsOf(viewerGroup, [group('a', 'Sales', 'idp-1'), group('b', 'Sales', 'idp-2')])).toEqual([
		'Sales (idp-1)',
		'Sales (idp-2)',
	]);
	expect(labelsOf(viewerGroup, [group('a', 'Sales'), group('b', 'Sales')])).toEqual(['Sales · a', 'Sales · b']);
	expect(labelsOf(viewerGroup, [group('a', 'Sales', 'x'), group('b', 'Sales', 'x')])).toEqual([
		'Sales (x) · a',
		'Sales (x) · b',
	]);
	expect(
		labelsOf(page, [
			{ id: 'a', name: 'Status', subdomain: 'one' },
			{ id: 'b', name: 'Status', subdomain: 'two' },
		]),
	).toEqual(['Status (one)', 'Status (two)']);
});

test('components show their component group, and team members their email, always', () => {
	const row = (id: string, group_id: string | null) => ({
		id,
		name: 'API',
		group: false,
		group_id,
		status: 'operational',
	});
	const names: Record<string, string> = { g1: 'Europe', g2: 'Asia' };
	expect(
		labelsOf(
			component,
			[row('a', 'g1'), row('b', 'g2'), row('c', null)],
			({ group_id }) => group_id && names[group_id],
		),
	).toEqual(['API (Europe)', 'API (Asia)', 'API']);
	expect(
		labelsOf(teamMember, [
			{ id: 'a', email: 'a@example.com', first_name: 'Anna', last_name: null },
			{ id: 'b', email: 'b@example.com' },
		]),
	).toEqual(['Anna (a@example.com)', 'b@example.com']);
});

test.each<[string, boolean]>([
	['kctbh9vrtdwd', true],
	['abcdefghijkl', true],
	['KCTBH9VRTDWD', false],
	['kctbh9vrtdw', false],
	['Engineering', false],
	['kctbh9 rtdwd', false],
])('%j has the shape of an ID: %p', (text, isId) => expect(isStatuspageId(text)).toBe(isId));
