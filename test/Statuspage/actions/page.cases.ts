import { locator } from '../../support/world';
import { has, type ResourceCases } from './case';

export const pageCases: ResourceCases = {
	cases: {
		'page checkAudience': {
			output: has({ isAudienceSpecific: true, sureness: 'likely' }),
		},
		'page get': {
			parameters: () => ({ pageId: locator('name', 'northwind public') }),
			output: (rows, { otherPageId }) => has({ id: otherPageId, name: 'Northwind Public' })(rows),
		},
		'page getMany': {
			parameters: () => ({ limit: 2, simplify: false }),
			output: (rows) => {
				expect(rows).toHaveLength(2);
				expect(rows[0]).toHaveProperty('allow_rss_atom_feeds');
			},
		},
	},
};
