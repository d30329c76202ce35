import type { Json, Page } from './state.mts';

/** Seeded templates repeat these. The second one is for maintenances only. */
const KINDS: ReadonlyArray<{ name: string; components: number; fields: Json }> = [
	{
		name: 'Outage',
		components: 1,
		fields: {
			title: 'Service disruption',
			body: 'We are investigating a disruption.',
			update_status: 'investigating',
			should_send_notifications: true,
		},
	},
	{
		name: 'Planned maintenance',
		components: 2,
		fields: {
			title: 'Scheduled maintenance',
			body: 'We will carry out maintenance.',
			update_status: 'scheduled',
			should_send_notifications: true,
		},
	},
	{
		name: 'Internal note',
		components: 0,
		fields: { title: 'Note', body: 'For the team.', update_status: null, should_send_notifications: false },
	},
];

/** Adds incident templates to a page. */
export function seedTemplates(page: Page, count: number, newId: () => string): void {
	const rows = [...page.components.values()].filter(({ group }) => !group);
	for (let index = 0; index < count; index++) {
		const { name, components, fields } = KINDS[index % KINDS.length] as (typeof KINDS)[number];
		const round = Math.floor(index / KINDS.length);
		const id = newId();
		page.templates.set(id, {
			id,
			name: round === 0 ? name : `${name} ${round + 1}`,
			...fields,
			group_id: null,
			should_tweet: false,
			components: rows.slice(0, components).map((row) => ({ ...row, page_id: page.row.id })),
		});
	}
}
