import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { cachedForPickers, shownInList } from '../../../shared/fields/picking';
import { PICKER_TIME_LIMITS } from '../../../shared/http/timeLimits';
import { isSameName } from '../../../shared/client/matching';
import { Failure } from '../../../shared/http/failures';
import type { ListItem, StatuspageApi } from '../statuspageApi';
import { connectToStatuspage } from '../connectToStatuspage';
import type { ListName, Page } from '../endpoints';
import { ORGANIZATION_ADVICE } from '../organization';
import { PAGE_SIZE } from '../paging';
import { incident } from './incident';
import type { KindRow, ObjectKind, Place } from './objectKind';
import { page } from './page';

/** Reads the lists behind fields. */
export class Picker {
	constructor(
		private readonly context: ILoadOptionsFunctions,
		private readonly api: StatuspageApi,
		private readonly credentialOrganizationId: string,
	) {}

	/** One page of a paged list; pages count from 1. */
	async page<Name extends ListName>(
		name: Name,
		place: Place,
		number: number,
		query?: Record<string, string>,
	): Promise<Array<ListItem<Name>>> {
		return await cachedForPickers(
			this.api,
			`${name} ${JSON.stringify([place, query])} ${number}`,
			async () => await this.api.page(name, place, number, { size: PAGE_SIZE, query }),
		);
	}

	/** The whole list, or the results of a query. */
	async list<Name extends ListName>(
		name: Name,
		place: Place,
		query?: Record<string, string>,
	): Promise<Array<ListItem<Name>>> {
		return await cachedForPickers(
			this.api,
			`${name} ${JSON.stringify([place, query])}`,
			async () => await this.api.list(name, place, { query }),
		);
	}

	/** The page or organization of the list, as chosen in the node. */
	async placeFor(placedIn: KindRow<ListName>['placedIn']): Promise<Place> {
		if (placedIn === 'account') return {};
		if (placedIn === 'organization') return { organizationId: this.#organizationId() };
		const pageId = await this.#idOf(page, {});
		return placedIn === 'page' ? { pageId } : { pageId, incidentId: await this.#idOf(incident, { pageId }) };
	}

	/** The pages in 'pageIds' of the options, or all pages of the key: an expression there has no value in the editor. */
	async chosenPages(): Promise<Page[]> {
		const all = await this.list('listPages', {});
		const { pageIds } = (this.context.getCurrentNodeParameter('options') ?? {}) as { pageIds?: unknown };
		const wanted = Array.isArray(pageIds)
			? all.filter(({ id, name }) => pageIds.includes(id) || pageIds.some((text) => isSameName(text, name)))
			: [];
		return wanted.length > 0 ? wanted : all;
	}

	/** The object that is chosen in its locator. */
	async #idOf<Name extends ListName>(kind: ObjectKind<Name>, place: Place): Promise<string> {
		const { noun, parameter, label } = kind.row;
		const raw = this.context.getCurrentNodeParameter(parameter) as IDataObject | string | undefined;
		const [mode, value] = typeof raw === 'object' ? [String(raw.mode), raw.value] : ['id', raw];
		const text = String(value ?? '').trim();
		if (!text)
			throw new Failure({ kind: 'invalid', message: `Choose ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun} first` });
		return await kind.idOf(this.api, place, { mode, text, isPicked: mode === 'list' }, { label });
	}

	#organizationId(): string {
		const options = (this.context.getCurrentNodeParameter('options') ?? {}) as IDataObject;
		const id = String(options.organizationId ?? '').trim() || this.credentialOrganizationId;
		if (id) return id;
		throw new Failure({ kind: 'invalid', message: `'Organization ID' is empty. ${ORGANIZATION_ADVICE}` });
	}
}

/** Runs the work behind a list. What goes wrong is shown in place of the list. */
export async function withPicker<T>(context: ILoadOptionsFunctions, work: (picker: Picker) => Promise<T>): Promise<T> {
	return await shownInList(context, async () => {
		const { api, organizationId } = await connectToStatuspage(context, PICKER_TIME_LIMITS);
		return await work(new Picker(context, api, organizationId));
	});
}
