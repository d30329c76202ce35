import type { ListName } from '../../services/statuspage/endpoints';
import { page } from '../../services/statuspage/objects/page';
import { listFields } from '../../shared/fields/lists';
import { optionsField } from '../../shared/fields/options';
import { simplifyField } from '../../shared/fields/simplify';
import { batched } from '../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from './audienceCheck';
import type { StatuspageOperation } from './statuspageOperation';
import {
	addToSubCollection,
	getSubCollection,
	idsParameter,
	removeFromSubCollection,
	replaceSubCollection,
	type SubCollection,
} from './subCollection';

/** What differs between the texts of owners, for the plural of what they have: "components". */
export interface SubCollectionTexts {
	get: (items: string) => string;
	getEffects: (items: string) => string;
	add: (items: string) => string;
	replace: (items: string) => string;
	remove: (items: string) => string;
	/** Access that a change keeps. */
	keeps: (items: string) => string;
}

export const VIEWER_TEXTS: SubCollectionTexts = {
	get: (items) => `Retrieve the ${items} that a viewer can see`,
	getEffects: (items) => `It isn't documented whether this includes ${items} from the viewer's groups.`,
	add: (items) => `Give a viewer access to ${items}, in addition to those from their groups`,
	replace: (items) => `Replace a viewer's own ${items} with this list`,
	remove: (items) => `Remove ${items} from a viewer. Access through a group is not removed`,
	keeps: (items) => `${capitalized(items)} from the viewer's groups are kept.`,
};

export const VIEWER_GROUP_TEXTS: SubCollectionTexts = {
	get: (items) => `Retrieve the ${items} that the viewers in a viewer group can see`,
	getEffects: () => '',
	add: (items) => `Give all viewers in a viewer group access to ${items}`,
	replace: (items) => `Replace the ${items} of a viewer group with this list`,
	remove: (items) => `Remove ${items} from a viewer group`,
	keeps: (items) => `${capitalized(items)} that viewers have from elsewhere are kept.`,
};

const NOT_NOTIFIED = 'No notification is sent.';

function capitalized(text: string): string {
	return `${text[0].toUpperCase()}${text.slice(1)}`;
}

/** Get, Add, Replace and Remove of a sub-collection. */
export interface SubCollectionOperations {
	get: StatuspageOperation;
	add: StatuspageOperation;
	replace: StatuspageOperation;
	remove: StatuspageOperation;
}

/** The four operations of a sub-collection, e.g. Get Components, Add Components, Replace Components and Remove Components. */
export function subCollectionOperations<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
	texts: SubCollectionTexts,
): SubCollectionOperations {
	const { kind, ownerKind, uses } = collection;
	const items = `${kind.noun}s`;
	const owner = ownerKind.noun;
	const Items = `${kind.row.label}s`;
	const target = [page.locator, ownerKind.locator];
	const written = [...target, kind.picks(idsParameter(kind), { required: true }), viewerOptionsField()];
	return {
		get: {
			value: `get${Items}`,
			name: `Get ${Items}`,
			action: `Get ${items} of ${owner}`,
			description: texts.get(items),
			effects: texts.getEffects(items),
			isReadOnly: true,
			uses: [uses.list],
			fields: [...target, ...listFields, simplifyField, optionsField()],
			runs: 'perItem',
			execute: (input) => getSubCollection(input, collection),
		},
		add: {
			value: `add${Items}`,
			name: `Add ${Items}`,
			action: `Add ${items} to ${owner}`,
			description: texts.add(items),
			effects: `Existing ${items} are kept. Items are combined into fewer requests. Undo with 'Remove ${Items}'. ${NOT_NOTIFIED}`,
			isReadOnly: false,
			uses: [uses.add, ...(uses.addTo ? [uses.addTo] : [])],
			fields: [audienceNotice, ...written],
			...batched(addToSubCollection(collection)),
		},
		replace: {
			value: `replace${Items}`,
			name: `Replace ${Items}`,
			action: `Replace ${items} of ${owner}`,
			description: texts.replace(items),
			effects: `${capitalized(items)} that are not in the list are removed. ${texts.keeps(items)} To undo, you need the previous list. ${NOT_NOTIFIED}`,
			warning: `Removes all ${items} that are not in the list. To undo, you need the previous list.`,
			isReadOnly: false,
			uses: [uses.replace],
			fields: [audienceNotice, ...written],
			runs: 'perItem',
			execute: (input) => replaceSubCollection(input, collection),
		},
		remove: {
			value: `remove${Items}`,
			name: `Remove ${Items}`,
			action: `Remove ${items} from ${owner}`,
			description: texts.remove(items),
			effects: `Uses one request per ${kind.noun}. Undo with 'Add ${Items}'. ${NOT_NOTIFIED}`,
			isReadOnly: false,
			uses: [uses.remove, uses.list],
			fields: written,
			...batched(removeFromSubCollection(collection)),
		},
	};
}
