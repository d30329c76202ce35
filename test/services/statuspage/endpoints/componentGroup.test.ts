import { componentGroupEndpoints } from '../../../../nodes/services/statuspage/endpoints/componentGroup';
import { loadOptions } from '../../../support/engine';
import { locator } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage } from './contract';

describeContracts(componentGroupEndpoints, {
	listComponentGroups: {
		act: async (world) =>
			await loadOptions(world.credential, 'getComponentGroups', { pageId: locator('id', world.pageId) }),
		method: 'GET',
		path: onPage('component-groups'),
		query: FIRST_PAGE,
	},
});
