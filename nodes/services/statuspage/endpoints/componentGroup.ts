import { filledText, many, object, text } from '../../../shared/client/answer';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const componentGroup = object({ id: filledText, name: text });

export type ComponentGroup = ReturnType<typeof componentGroup>;

export const componentGroupEndpoints = {
	listComponentGroups: {
		method: 'GET',
		path: `${PAGE}/component-groups`,
		paging: PER_PAGE,
		answer: many(componentGroup, 'component group'),
		noun: 'component groups of page',
		advice: PAGE_ADVICE,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
