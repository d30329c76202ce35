import type { IDataObject } from 'n8n-workflow';
import { componentAudience, type ComponentAudience } from '../../../services/statuspage/componentAudience';
import type { Component } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { counted } from '../../../services/statuspage/plans/report/reportFacts';
import type { Field } from '../../../shared/fields/field';
import { listFields } from '../../../shared/fields/lists';
import { optionsField, runOptions } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

const ownComponents: Field = {
	displayName: 'Own Components',
	name: 'directComponents',
	type: 'boolean',
	default: false,
	description:
		"Whether to include viewers' own components. Uses 1 request per viewer, e.g. about 90 minutes for 5,000 viewers.",
};

const includeSummary: Field = {
	displayName: 'Include Summary',
	name: 'includeSummary',
	type: 'boolean',
	default: true,
	description:
		'Whether to add a last item with the number of viewers with access, the empty viewer groups, and what was not checked',
};

/** The last item: what was found and what was not checked. Without it, an empty list would look like proof that no viewer has access. */
function summary(
	{ id, name }: Component,
	{ rows, groups, emptyGroups, viewersOnPage, hasDirect }: ComponentAudience,
	returned: number,
): IDataObject {
	const viewers = new Set(rows.map(({ viewerId }) => viewerId)).size;
	const names = (list: ComponentAudience['groups']) => list.map((group) => group.name).join(', ');
	const notLookedAt = [
		...(hasDirect ? [] : ["Own components of viewers ('Own Components' is off)"]),
		'Team members: they have access to all components of their pages',
		'Whether the page is audience-specific: on other pages, all visitors have access',
	];
	const lookedAt = [
		counted(viewersOnPage, 'viewer'),
		groups.length > 0
			? `${counted(groups.length, 'viewer group')} with this component: ${names(groups)}`
			: 'All viewer groups: none has this component',
		...(hasDirect ? ['Own components of these viewers'] : []),
	];
	const text = [
		`${viewers === 0 ? 'No viewer was' : `${counted(viewers, 'viewer')} ${viewers === 1 ? 'was' : 'were'}`} found with access to ${name}.`,
		...(returned < rows.length ? [`${counted(returned, 'row')} of ${rows.length} returned because of 'Limit'.`] : []),
		...(emptyGroups.length > 0
			? [
					`${counted(emptyGroups.length, 'viewer group')} with this component and without viewers: ${names(emptyGroups)}.`,
				]
			: []),
		`Checked: ${lookedAt.join('; ')}. Not checked: ${notLookedAt.join('; ')}.`,
	].join(' ');
	return {
		kind: 'summary',
		componentId: id,
		component: name,
		viewers,
		viewersOnPage,
		emptyViewerGroups: emptyGroups.map((group) => group.name),
		lookedAt,
		notLookedAt,
		text,
	};
}

export const getAudience: StatuspageOperation = {
	value: 'getAudience',
	name: 'Get Audience',
	action: 'Get audience of component',
	description: 'Retrieve the viewers with access to a component, with one item per viewer and type of access',
	effects:
		"A viewer has access through a viewer group, or directly with 'Own Components'. All viewers of the page are read, at 100 per request. Team members always have access and are not listed.",
	isReadOnly: true,
	uses: ['getComponent', 'listViewers', 'listViewerGroups', 'listViewerComponents'],
	fields: [page.locator, component.locator, ...listFields, optionsField(includeSummary, ownComponents)],
	runs: 'perItem',
	async execute(input) {
		const { api, options } = input;
		const pageId = await input.pageId();
		const componentId = await input.idOf(component, { pageId });
		const row = await api.call('getComponent', { pageId, componentId });
		if (row.group)
			throw input.invalid(
				'componentId',
				`is "${row.name}", which is a component group`,
				'Use a component of this group',
			);
		const audience = await componentAudience(
			api,
			pageId,
			row,
			options.flag('directComponents'),
			runOptions(options).concurrency,
		);
		const rows = audience.rows.slice(0, input.limit).map((access) => ({ ...access }) as IDataObject);
		return options.flag('includeSummary', true) ? [...rows, summary(row, audience, rows.length)] : rows;
	},
};
