import { viewerGroup } from '../../../../nodes/services/statuspage/objects/viewerGroup';

const groups = ['a', 'b'].map((id) => ({
	id,
	name: `Group ${id}`,
	page_access_user_ids: [],
	component_ids: [],
	metric_ids: [],
}));

test('thousands of items that resolve names in one list share its candidates', () => {
	const { candidates } = viewerGroup.namesIn(groups);
	expect(candidates).toEqual([
		{ id: 'a', name: 'Group a' },
		{ id: 'b', name: 'Group b' },
	]);
	expect(viewerGroup.namesIn(groups).candidates).toBe(candidates);
	expect(viewerGroup.namesIn([...groups]).candidates).not.toBe(candidates);
});
