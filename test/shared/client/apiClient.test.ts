import { directApi } from '../../support/direct';

const valid = { pageId: 'page', viewerId: 'viewer', viewerGroupId: 'group', componentId: 'component' };

test.each([
	['pageId', 'page'],
	['viewerGroupId', 'viewer group'],
	['componentId', 'component'],
])('an invalid %s is rejected before anything is sent, and the message names the %s', async (name, object) => {
	const sent = jest.fn();
	const api = directApi('http://127.0.0.1:9/v1', { between: sent });
	await expect(api.remove('removeViewerGroupComponent', { ...valid, [name]: '../other' })).rejects.toThrow(
		`The ID of the ${object} is invalid: an ID `,
	);
	expect(sent).not.toHaveBeenCalled();
});
