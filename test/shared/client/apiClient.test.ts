import type { Failure } from '../../../nodes/shared/http/failures';
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

describe('a deletion whose result cannot be read', () => {
	const answers = (removal: number[], look: number, body = '') => {
		const left = [...removal];
		return directApi('http://127.0.0.1:9/v1', {
			between: async ({ method }) => ({
				statusCode: method === 'DELETE' ? (left.shift() ?? 404) : look,
				headers: {},
				body,
			}),
		});
	};

	test.each([
		['was lost, and its repetition finds nothing', [500, 404], ''],
		['has a success that is not understood', [200], 'a proxy'],
	])('may have been done if it %s', async (_, removal, body) => {
		const error = await answers(removal, 403, body)
			.remove('deleteViewer', valid)
			.catch((thrown: Failure) => thrown);
		expect(error).toMatchObject({
			message: expect.stringMatching(/^No clear response .* to delete the viewer viewer$/),
			facts: { mayHaveArrived: true, advice: expect.stringMatching(/^It may have been deleted.*could not be checked/) },
		});
	});

	test('was not done on a page that does not exist', async () => {
		await expect(answers([500, 404], 404).remove('deleteViewer', valid)).rejects.toThrow('could not find the page');
	});
});
