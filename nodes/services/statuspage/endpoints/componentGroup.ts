import { filledText, many, object, one, optional, removal, text, type Answer } from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const GROUPS = `${PAGE}/component-groups` as const;
const GROUP = `${GROUPS}/{componentGroupId}` as const;

/** The components are not checked here, since names are also read from this list. `membersOf` reads them. */
const componentGroup = object({ id: filledText, name: text });

export type ComponentGroup = ReturnType<typeof componentGroup>;

const theGroup = one(componentGroup, 'component group', 'componentGroupId');

const uptime = object({ range_start: filledText, range_end: filledText, id: optional(text) });

/** The document's example has no ID. */
const theUptime: Answer<ReturnType<typeof uptime>> = (body, ids) => {
	const row = uptime(body, 'the uptime');
	const { id = ids.componentGroupId } = row;
	if (id !== ids.componentGroupId)
		throw new NotUnderstood(`it is about component group ${id} instead of ${ids.componentGroupId}`);
	return row;
};

export const componentGroupEndpoints = {
	listComponentGroups: {
		method: 'GET',
		path: GROUPS,
		paging: PER_PAGE,
		answer: many(componentGroup, 'component group'),
		noun: 'component groups of page',
		advice: PAGE_ADVICE,
	},
	createComponentGroup: {
		method: 'POST',
		path: GROUPS,
		envelope: 'component_group',
		answer: one(componentGroup, 'component group'),
		noun: 'component group on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	getComponentGroup: { method: 'GET', path: GROUP, answer: theGroup, noun: 'component group' },
	updateComponentGroup: {
		method: 'PATCH',
		path: GROUP,
		envelope: 'component_group',
		answer: theGroup,
		noun: 'component group',
	},
	deleteComponentGroup: {
		method: 'DELETE',
		path: GROUP,
		answer: removal(theGroup),
		settledBy: { get: 'getComponentGroup' },
		noun: 'component group',
	},
	getComponentGroupUptime: {
		method: 'GET',
		path: `${GROUP}/uptime`,
		answer: theUptime,
		noun: 'uptime of component group',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
