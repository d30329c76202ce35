import type { IDataObject } from 'n8n-workflow';
import type { EndpointName, ListName } from '../../services/statuspage/endpoints';
import type { ObjectKind } from '../../services/statuspage/objects/objectKind';
import { page } from '../../services/statuspage/objects/page';
import { listFields } from '../../shared/fields/lists';
import { optionsField } from '../../shared/fields/options';
import { simplifyField } from '../../shared/fields/simplify';
import { batched } from '../../shared/operations/batched';
import type { Batched } from '../../shared/operations/operation';
import { audienceNotice, viewerOptionsField } from './audienceCheck';
import type { StatuspageInput } from './statuspageInput';
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

/** What the four operations of a sub-collection do. */
export interface SubCollectionWork<Name extends ListName> {
	/** What it contains. */
	kind: ObjectKind<Name>;
	/** What it belongs to. */
	ownerKind: Pick<ObjectKind, 'noun' | 'locator'>;
	uses: Record<'get' | 'add' | 'replace' | 'remove', readonly EndpointName[]>;
	get: (input: StatuspageInput) => Promise<IDataObject[]>;
	add: Batched<StatuspageInput>;
	replace: (input: StatuspageInput) => Promise<IDataObject>;
	remove: Batched<StatuspageInput>;
	/** How many requests a removal takes, as a sentence. */
	removalCost: string;
}

/** The four operations of a sub-collection, e.g. Get Components, Add Components, Replace Components and Remove Components. */
export function subCollectionOperations<Ids extends Record<string, string>, Name extends ListName>(
	collection: SubCollection<Ids, Name>,
	texts: SubCollectionTexts,
): SubCollectionOperations {
	const { kind, ownerKind, uses } = collection;
	return operationsOf(
		{
			kind,
			ownerKind,
			uses: {
				get: [uses.list],
				add: [uses.add, ...(uses.addTo ? [uses.addTo] : [])],
				replace: [uses.replace],
				remove: [uses.remove, uses.list],
			},
			get: (input) => getSubCollection(input, collection),
			add: batched(addToSubCollection(collection)),
			replace: (input) => replaceSubCollection(input, collection),
			remove: batched(removeFromSubCollection(collection)),
			removalCost: `Uses one request per ${kind.noun}.`,
		},
		texts,
	);
}

/** The same four operations for other work. */
export function operationsOf<Name extends ListName>(
	{ kind, ownerKind, uses, removalCost, ...work }: SubCollectionWork<Name>,
	texts: SubCollectionTexts,
): SubCollectionOperations {
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
			uses: uses.get,
			fields: [...target, ...listFields, simplifyField, optionsField()],
			runs: 'perItem',
			execute: work.get,
		},
		add: {
			value: `add${Items}`,
			name: `Add ${Items}`,
			action: `Add ${items} to ${owner}`,
			description: texts.add(items),
			effects: `Existing ${items} are kept. Items are combined into fewer requests. Undo with 'Remove ${Items}'. ${NOT_NOTIFIED}`,
			isReadOnly: false,
			uses: uses.add,
			fields: [audienceNotice, ...written],
			...work.add,
		},
		replace: {
			value: `replace${Items}`,
			name: `Replace ${Items}`,
			action: `Replace ${items} of ${owner}`,
			description: texts.replace(items),
			effects: `${capitalized(items)} that are not in the list are removed. ${texts.keeps(items)} To undo, you need the previous list. ${NOT_NOTIFIED}`,
			warning: `Removes all ${items} that are not in the list. To undo, you need the previous list.`,
			isReadOnly: false,
			uses: uses.replace,
			fields: [audienceNotice, ...written],
			runs: 'perItem',
			execute: work.replace,
		},
		remove: {
			value: `remove${Items}`,
			name: `Remove ${Items}`,
			action: `Remove ${items} from ${owner}`,
			description: texts.remove(items),
			effects: `${removalCost} Undo with 'Add ${Items}'. ${NOT_NOTIFIED}`,
			isReadOnly: false,
			uses: uses.remove,
			fields: written,
			...work.remove,
		},
	};
}
