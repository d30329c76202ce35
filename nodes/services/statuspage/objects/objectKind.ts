import type { Field } from '../../../shared/fields/field';
import { locatorField, pickField, picksField } from '../../../shared/fields/objectFields';
import type { EntryList } from '../../../shared/operations/entryList';
import type { LocatorValue } from '../../../shared/operations/locator';
import { resolveEntries, resolveEntry, type Named, type NameScope } from '../../../shared/operations/resolveNames';
import type { ListItem, StatuspageApi } from '../statuspageApi';
import type { ListName } from '../endpoints';

/** The owner of an object: a page, an incident, an organization, or the whole account of the key. */
export type Place =
	| { pageId: string }
	| { pageId: string; incidentId: string }
	| { organizationId: string }
	| Record<string, never>;

/** Everything that fields, pickers, look-ups, locks and messages need about a kind of object. */
export interface KindRow<Name extends ListName> {
	/** For messages, e.g. "viewer group". */
	noun: string;
	/** The parameter for one object. */
	parameter: string;
	/** The label of that parameter. */
	label: string;
	description: string;
	/** The modes besides From List. */
	modes: ReadonlyArray<'id' | 'email' | 'name'>;
	list: Name;
	placedIn: 'page' | 'incident' | 'organization' | 'account';
	/** The name that people use. */
	nameOf: (object: ListItem<Name>) => string;
	/** Distinguishes objects with the same name. */
	detailOf?: (object: ListItem<Name>) => string | null | undefined;
	/** Pickers show the detail for every name. */
	showsDetail?: true;
	/** False for entries of the list that are another kind of object. */
	keep?: (object: ListItem<Name>) => boolean;
	/** The method of the node behind From List. */
	searchMethod: string;
	/** The method of the node behind dropdowns. */
	loadMethod?: string;
}

/** The shape of all known IDs of Statuspage. */
const ID = /^[a-z0-9]{12}$/;

/** True for a text that has the shape of an ID. */
export function isStatuspageId(text: string): boolean {
	return ID.test(text);
}

/** A word of twelve letters is more likely a name, since nearly all IDs have a digit. */
function isCertainlyId(text: string): boolean {
	return ID.test(text) && /\d/.test(text);
}

const PLACES = {
	page: 'on this page',
	incident: 'of this incident',
	organization: 'in this organization',
	account: undefined,
};

/** The field of an entry, and how unknown IDs are treated. */
type EntryScope = Pick<NameScope, 'label' | 'item' | 'allowUnknownIds'>;

interface ListScope extends EntryScope {
	/** The caller checks IDs itself, so a list of IDs only is not looked up. */
	skipIdLookUp?: boolean;
}

/** One kind of object on Statuspage. */
export class ObjectKind<Name extends ListName = ListName> {
	/** By list of objects, because thousands of items resolve names in the same list. */
	readonly #candidates = new WeakMap<ReadonlyArray<ListItem<Name>>, Named[]>();

	/** A field for one object, with From List and the modes of the kind. */
	readonly locator: Field;

	constructor(readonly row: KindRow<Name>) {
		this.locator = locatorField({ ...row, searchListMethod: row.searchMethod, uses: [row.list] });
	}

	get noun(): string {
		return this.row.noun;
	}

	/** A dropdown of these objects. */
	pick(name: string, extra: Partial<Field> = {}): Field {
		return pickField(name, `${this.row.label} Name or ID`, this.#loadOptions, { uses: [this.row.list], ...extra });
	}

	/** A dropdown for several of these objects. */
	picks(name: string, extra: Partial<Field> = {}): Field {
		return picksField(name, `${this.row.label} Names or IDs`, this.#loadOptions, { uses: [this.row.list], ...extra });
	}

	/** Locks name the service and not the key, since two keys can change the same object. */
	lockName(api: StatuspageApi, place: Place, id: string): string {
		return this.lockNames(api, place)(id);
	}

	/** Returns lock names by ID. For many objects, this is faster than `lockName`. */
	lockNames(api: StatuspageApi, place: Place): (id: string) => string {
		const start = `${api.connection.baseUrl} ${this.orderKey(place, '')}`;
		return (id) => start + id;
	}

	/** Equal for items that address the same object. */
	orderKey(place: Place, id: string): string {
		return [...Object.values(place), this.noun, id].join(' ');
	}

	/** All objects of this kind, read once per run. Use them for names only, since their state may have changed. */
	async all(api: StatuspageApi, place: Place): Promise<Array<ListItem<Name>>> {
		const { list, keep } = this.row;
		return await api.cache.read(
			`${this.noun}s ${Object.values(place).join()}`,
			async () => await api.list(list, place, { keep }),
		);
	}

	/**
	 * Resolves the value of a locator to an ID. A picked object and a text with the shape of an ID are not looked up, since the answer
	 * to the request shows whether the object exists.
	 *
	 * @throws Failure when no object, or several, have the name
	 */
	async idOf(
		api: StatuspageApi,
		place: Place,
		{ mode, text, isPicked }: LocatorValue,
		scope: { label: string; item?: number },
	): Promise<string> {
		if (isPicked || (mode !== 'name' && isCertainlyId(text))) return text;
		return resolveEntry(await this.#scope(api, place, scope), { text });
	}

	/**
	 * Resolves a list of names and IDs to IDs.
	 *
	 * @throws Failure when no object, or several, have one of the names
	 */
	async idsOf(
		api: StatuspageApi,
		place: Place,
		list: EntryList,
		{ skipIdLookUp, ...scope }: ListScope,
	): Promise<string[]> {
		if (list.entries.length === 0) return [];
		const areIds = list.entries.every(({ text, isId }) => isId || isCertainlyId(text));
		if (skipIdLookUp && areIds) return list.entries.map(({ text }) => text);
		return resolveEntries(await this.#scope(api, place, scope), list);
	}

	async #scope(api: StatuspageApi, place: Place, scope: EntryScope): Promise<NameScope> {
		return { ...scope, ...this.namesIn(await this.all(api, place)) };
	}

	/** How names are resolved among objects that were read already. */
	namesIn(objects: ReadonlyArray<ListItem<Name>>): Pick<NameScope, 'noun' | 'place' | 'candidates' | 'isId'> {
		const candidates =
			this.#candidates.get(objects) ??
			objects.map((object): Named => ({ id: object.id, name: this.row.nameOf(object) }));
		this.#candidates.set(objects, candidates);
		return { noun: this.noun, place: PLACES[this.row.placedIn], candidates, isId: isStatuspageId };
	}

	get #loadOptions(): Field['typeOptions'] {
		return {
			loadOptionsMethod: this.row.loadMethod,
			...(this.row.placedIn === 'page' ? { loadOptionsDependsOn: ['pageId.value'] } : {}),
		};
	}
}
