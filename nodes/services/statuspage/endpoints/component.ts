import { filledText, flag, many, nullable, object, one, removal, text } from '../../../shared/client/answer';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const COMPONENTS = `${PAGE}/components` as const;
const COMPONENT = `${COMPONENTS}/{componentId}` as const;

/** The list of components also contains component groups, with `group: true`. */
export const component = object({ id: filledText, name: text, group: flag, group_id: nullable(text), status: text });

export type Component = ReturnType<typeof component>;

const theComponent = one(component, 'component', 'componentId');

export const componentEndpoints = {
	listComponents: {
		method: 'GET',
		path: COMPONENTS,
		paging: PER_PAGE,
		answer: many(component, 'component'),
		noun: 'components of page',
		advice: PAGE_ADVICE,
	},
	createComponent: {
		method: 'POST',
		path: COMPONENTS,
		envelope: 'component',
		answer: one(component, 'component'),
		noun: 'component on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	getComponent: { method: 'GET', path: COMPONENT, answer: theComponent, noun: 'component' },
	updateComponent: { method: 'PATCH', path: COMPONENT, envelope: 'component', answer: theComponent, noun: 'component' },
	deleteComponent: {
		method: 'DELETE',
		path: COMPONENT,
		answer: removal(),
		settledBy: { get: 'getComponent' },
		noun: 'component',
	},
	getComponentUptime: {
		method: 'GET',
		path: `${COMPONENT}/uptime`,
		answer: one(object({ id: filledText }), 'component', 'componentId'),
		noun: 'uptime of component',
	},
	// Documented with a form body only.
	addComponentViewers: {
		method: 'POST',
		path: `${COMPONENT}/page_access_users`,
		isForm: true,
		answer: theComponent,
		noun: 'viewers of component',
	},
	addComponentViewerGroups: {
		method: 'POST',
		path: `${COMPONENT}/page_access_groups`,
		answer: theComponent,
		noun: 'viewer groups of component',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
