import type { SimulatedState } from '../../support/simulator';
import { has, pageOf, two, type ResourceCases } from './case';

const named = (state: SimulatedState, name: string) =>
	Object.values(pageOf(state).templates).filter((template) => template.name === name);

export const incidentTemplateCases: ResourceCases = {
	cases: {
		'incidentTemplate create': {
			parameters: ({ components }) => ({
				name: 'Payments',
				title: 'Payments are delayed',
				body: 'We are investigating.',
				additionalFields: { componentIds: [components[0].id] },
			}),
			output: (rows, { components: [{ id, name }] }) =>
				has({ name: 'Payments', title: 'Payments are delayed', components: [{ id, name }] })(rows),
			after: (state) =>
				expect(named(state, 'Payments')).toMatchObject([
					{ title: 'Payments are delayed', body: 'We are investigating.', should_send_notifications: true },
				]),
		},
		'incidentTemplate getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { templates, components }) => {
				expect(rows.map(({ id }) => id)).toEqual(templates.map(({ id }) => id));
				expect(rows[0].components).toEqual([{ id: components[0].id, name: components[0].name }]);
				expect(Object.keys(rows[0])).toHaveLength(9);
			},
		},
	},
	variants: {
		'incidentTemplate create': [
			({ components }) => ({
				parameters: {
					name: 'Everything',
					additionalFields: {
						componentIds: two(components),
						shouldSendNotifications: false,
						shouldTweet: true,
						templateGroupId: '8tn5vbjvlqpv',
						updateStatus: 'monitoring',
					},
				},
			}),
		],
		'incidentTemplate getMany': [() => ({ parameters: { filters: { name: 'outage' } } })],
	},
};
