import { filledText, many, object, text } from '../../../shared/client/answer';
import { PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const componentGroup = object({ id: filledText, name: text });

export type ComponentGroup = ReturnType<typeof componentGroup>;

export const componentGroupEndpoints = {
	listComponentGroups: {
		method: 'GET',
		path: `${PAGE}/component-groups`,
		paging: 'perPage',
		answer: many(componentGroup, 'component group'),
		noun: 'component groups of page',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
