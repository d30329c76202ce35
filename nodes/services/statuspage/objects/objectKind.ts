import type { Field } from '../../../shared/fields/field';
import { locatorField, pickField, picksField } from '../../../shared/fields/objectFields';
import type { EntryList } from '../../../shared/operations/entryList';
import type { LocatorValue } from '../../../shared/operations/locator';
import { resolveEntries, resolveEntry, type Named, type NameScope } from '../../../shared/operations/resolveNames';
import type { ListItem, StatuspageApi } from '../statuspageApi';
import type { ListName } from '../endpoints';

/** What an object belongs to: a page, an organization, or the key as a whole. */
export type Place = { pageId: string } | { organizationId: string } | Record<string, never>;

/** The one row of a kind of object: everything that fields, pickers, look-ups, locks and messages say of it. */
export interface KindRow<Name extends ListName> {
	/** In messages: "viewer group". */
	noun: string;
	/** The parameter that holds one of them. */
	parameter: string;
	/** Its name on the screen. */
	label: string;
	description: string;
	/** What can be entered instead of picked. */
	modes: ReadonlyArray<'id' | 'email' | 'name'>;
	list: Name;
	placedIn: 'page' | 'organization' | 'account';
	/** What people know it by. */
	nameOf: (row: ListItem<Name>) => string;
	/** Tells two of one name apart. */
	detailOf?: (row: ListItem<Name>) => string | null | undefined;
	/** Pickers show it behind every name, not only where two are the same. */
	showsDetail?: true;
	/** Rows of the list that are none. */
	keep?: (row: ListItem<Name>) => boolean;
	/** Method of the node behind From List. */
	searchMethod: string;
	/** Method of the node behind dropdowns. */
	loadMethod?: string;
}

/** All IDs of Statuspage that were ever seen look so. */
const ID = /^[a-z0-9]{12}$/;

/** True for a text that can be the ID of anything on Statuspage. */
export function isStatuspageId(text: string): boolean {
	return ID.test(text);
}

/** A word of twelve letters is more likely a name; IDs nearly always have a digit. */
function isCertainlyId(text: string): boolean {
	return ID.test(text) && /\d/.test(text);
}

const PLACES = { page: 'on this page', organization: 'in this organization', account: undefined };

/** Where an entry comes from, and what may become of one that is unknown. */
type EntryScope = Pick<NameScope, 'label' | 'item' | 'allowUnknownIds'>;

interface ListScope extends EntryScope {
	/** The caller checks IDs itself. */
	skipIdLookUp?: boolean;
}

/** One kind of object on Statuspage. */
export class ObjectKind<Name extends ListName = ListName> {
	constructor(readonly row: KindRow<Name>) {}

	get noun(): string {
		return this.row.noun;
	}

	/** A field for one object: from a searchable list, by ID, and by what people know it by. */
	get locator(): Field {
		return locatorField({ ...this.row, searchListMethod: this.row.searchMethod, uses: [this.row.list] });
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
		return `${api.connection.baseUrl} ${this.orderKey(place, id)}`;
	}

	/** The same for items that mean the same object. */
	orderKey(place: Place, id: string): string {
		return [...Object.values(place), this.noun, id].join(' ');
	}

	/** All objects of this kind, read once per run. What a name means may be kept for the run; the state of an object may not. */
	async all(api: StatuspageApi, place: Place): Promise<Array<ListItem<Name>>> {
		const { list, keep } = this.row;
		return await api.remember(
			`${this.noun}s ${Object.values(place).join()}`,
			async () => await api.list(list, place, { keep }),
		);
	}

	/**
	 * The ID that the value of a locator means. A picked object and a text of the shape of an ID need no look-up: the answer to the
	 * request shows whether it exists.
	 *
	 * @throws Failure when a name means nothing, or several objects
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

	/** The IDs that a list of names and IDs means. An empty list needs no look-up, and IDs need none where `skipIdLookUp`. */
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

	/** How names are resolved among rows that were read already. */
	namesIn(rows: ReadonlyArray<ListItem<Name>>): Pick<NameScope, 'noun' | 'place' | 'candidates' | 'isId'> {
		const candidates = rows.map((row): Named => ({ id: row.id, name: this.row.nameOf(row) }));
		return { noun: this.noun, place: PLACES[this.row.placedIn], candidates, isId: isStatuspageId };
	}

	get #loadOptions(): Field['typeOptions'] {
		return {
			loadOptionsMethod: this.row.loadMethod,
			...(this.row.placedIn === 'page' ? { loadOptionsDependsOn: ['pageId.value'] } : {}),
		};
	}
}
