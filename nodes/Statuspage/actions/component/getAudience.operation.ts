import type { IDataObject } from 'n8n-workflow';
import { componentAudience, type ComponentAudience } from '../../../services/statuspage/componentAudience';
import type { Component } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { counted } from '../../../services/statuspage/plans/report/reportFacts';
import type { Field } from '../../../shared/fields/field';
import { listFields } from '../../../shared/fields/lists';
import { optionsField, runOptions } from '../../../shared/fields/options';
import { audienceNotice } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';

const ownComponents: Field = {
	displayName: 'Own Components',
	name: 'directComponents',
	type: 'boolean',
	default: false,
	description:
		'Whether to find viewers that have the component directly too. It takes 1 request per viewer of the page, once per run: 5,000 viewers take an hour and a half at 60 requests per minute.',
};

const includeSummary: Field = {
	displayName: 'Include Summary',
	name: 'includeSummary',
	type: 'boolean',
	default: true,
	description:
		'Whether to end with an item that says how many viewers have access, which viewer groups are empty, and what was not looked at',
};

/** The last item: what was found, and what was not looked at. Without it, an empty list would look like proof. */
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
		`Looked at: ${lookedAt.join('; ')}. Not looked at: ${notLookedAt.join('; ')}.`,
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
	description:
		'Retrieve the viewers with access to a component, one item per viewer and way: a viewer group, or the component directly. It reads all viewers of the page, 100 per request. Team members always have access and are not listed.',
	isReadOnly: true,
	uses: ['getComponent', 'listViewers', 'listViewerGroups', 'listViewerComponents'],
	fields: [audienceNotice, page.locator, component.locator, ...listFields, optionsField(includeSummary, ownComponents)],
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
