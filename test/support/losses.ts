import type { SimulatedState, SimulatedSubscriber } from './simulator';

/** All access and data that people can lose, as "object: value", to compare two states. */
export type Holdings = Set<string>;

/** @param known IDs that existed before the run; new IDs are different in each run */
export function holdingsOf(state: SimulatedState, known: Set<string>): Holdings {
	const id = (value: string) => (known.has(value) ? value : 'new');
	const holdings: Holdings = new Set();
	const has = (...words: Array<string | boolean | null | undefined>) => holdings.add(words.map(String).join(' '));
	for (const [pageId, page] of Object.entries(state.pages)) {
		for (const [name, value] of Object.entries({ ...page.row, ...page.embedConfig }))
			if (name !== 'updated_at') has('page', pageId, name, JSON.stringify(value));
		for (const viewer of Object.values(page.viewers)) {
			const who = `viewer ${pageId} ${id(viewer.id)} ${viewer.email}`;
			has(who);
			has(who, 'login', viewer.external_login);
			for (const groupId of viewer.groupIds) has(who, 'group', id(groupId));
			for (const componentId of viewer.componentIds) has(who, 'component', id(componentId));
			for (const metricId of viewer.metricIds) has(who, 'metric', id(metricId));
		}
		for (const group of Object.values(page.groups)) {
			const what = `group ${pageId} ${id(group.id)}`;
			has(what, 'name', group.name);
			has(what, 'external', group.external_identifier);
			for (const viewerId of group.viewerIds) has(what, 'viewer', id(viewerId));
			for (const componentId of group.componentIds) has(what, 'component', id(componentId));
			for (const metricId of group.metricIds) has(what, 'metric', id(metricId));
		}
		for (const component of Object.values(page.components))
			has('component', pageId, id(component.id), component.name, component.status, component.group_id);
		for (const { row, updates, componentIds, postmortem } of Object.values(page.incidents)) {
			const what = `incident ${pageId} ${id(row.id)}`;
			has(what, 'name', row.name, 'status', row.status, JSON.stringify(row.metadata));
			for (const update of updates) has(what, 'update', id(update.id), update.status, update.body);
			for (const componentId of componentIds) has(what, 'component', id(componentId));
			if (!postmortem) continue;
			has(what, 'draft', postmortem.body_draft);
			has(what, 'postmortem', postmortem.body, postmortem.published_at !== null, postmortem.notify_subscribers);
		}
		for (const template of Object.values(page.templates))
			has('template', pageId, id(template.id), template.name, template.body);
		const hasSubscriber = (what: string, { row, state: current }: SimulatedSubscriber) => {
			has(what, id(row.id));
			has(what, id(row.id), current, JSON.stringify(row.components));
		};
		for (const subscriber of Object.values(page.subscribers)) hasSubscriber(`subscriber ${pageId}`, subscriber);
		for (const { row, subscribers } of Object.values(page.incidents))
			for (const subscriber of Object.values(subscribers))
				hasSubscriber(`subscriber of incident ${id(row.id)}`, subscriber);
		for (const metric of Object.values(page.metrics))
			has('metric', pageId, id(metric.id), metric.name, metric.metric_identifier);
		for (const [metricId, data] of Object.entries(page.metricData))
			for (const value of Object.values(data)) has('data point', id(metricId), String(value));
		for (const provider of Object.values(page.metricProviders))
			has('metric provider', pageId, id(provider.id), provider.type, provider.metric_base_uri);
	}
	for (const [memberId, { permissions }] of Object.entries(state.members)) {
		has('member', id(memberId));
		for (const [pageId, roles] of Object.entries(permissions))
			has('member', id(memberId), pageId, JSON.stringify(roles));
	}
	for (const user of Object.values(state.directory.users)) {
		has('user', id(user.id));
		for (const [name, value] of Object.entries({ ...user.attributes, ...user.extensions }))
			has('user', id(user.id), name, JSON.stringify(value));
	}
	for (const group of Object.values(state.directory.groups)) {
		has('directory group', id(group.id), group.displayName);
		for (const memberId of group.memberIds) has('directory group', id(group.id), 'member', id(memberId));
	}
	return holdings;
}

/** Returns all IDs in a state. */
export function idsOf({ pages, members, directory }: SimulatedState): Set<string> {
	const onPages = Object.values(pages).flatMap(
		({ viewers, groups, components, metrics, metricProviders, subscribers, incidents, templates }) => [
			...[viewers, groups, components, metrics, metricProviders, subscribers, incidents, templates].flatMap(
				Object.keys,
			),
			...Object.values(incidents).flatMap(({ updates }) => updates.map(({ id }) => id)),
		],
	);
	return new Set([
		...onPages,
		...Object.keys(pages),
		...Object.keys(members),
		...Object.keys(directory.users),
		...Object.keys(directory.groups),
	]);
}

export const without = (all: Holdings, others: Holdings): string[] => [...all].filter((entry) => !others.has(entry));
