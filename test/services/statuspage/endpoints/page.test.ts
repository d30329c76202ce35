import { pageEndpoints } from '../../../../nodes/services/statuspage/endpoints/page';
import { run } from '../../../support/world';
import { describeContracts } from './contract';

describeContracts(pageEndpoints, {
	listPages: {
		act: async (world) => await run(world, 'page getMany', { returnAll: true }),
		method: 'GET',
		path: () => '/pages',
	},
	getPage: {
		act: async (world) => await run(world, 'page get'),
		method: 'GET',
		path: ({ pageId }) => `/pages/${pageId}`,
	},
});
