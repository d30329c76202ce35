import { locator } from '../../support/world';
import { has, pageOf, type ResourceCases } from './case';

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
		'page getEmbedConfig': {
			output: (rows, { pageId }) => has({ page_id: pageId, position: 'bottom-left' })(rows),
		},
		'page update': {
			parameters: () => ({ updateFields: { timeZone: 'America/Chicago', allowSmsSubscribers: false } }),
			output: (rows, { pageId }) =>
				has({ id: pageId, time_zone: 'America/Chicago', allow_sms_subscribers: false })(rows),
			after: (state, { page }) =>
				expect(pageOf(state).row).toEqual({
					...page.row,
					time_zone: 'America/Chicago',
					allow_sms_subscribers: false,
					updated_at: expect.any(String) as unknown,
				}),
		},
		'page updateEmbedConfig': {
			parameters: () => ({ updateFields: { position: 'top-right', incidentTextColor: 'black' } }),
			output: has({ position: 'top-right', incident_text_color: 'black', maintenance_text_color: '#ffffff' }),
			after: (state, { page }) =>
				expect(pageOf(state).embedConfig).toEqual({
					...page.embedConfig,
					position: 'top-right',
					incident_text_color: 'black',
				}),
		},
	},
	variants: {
		'page update': [() => ({ parameters: { options: { dryRun: true } } })],
	},
};
