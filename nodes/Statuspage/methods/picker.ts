import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { Failure } from '../../shared/transport/failures';
import { kept, PICKER_PATIENCE, shownInList } from '../../shared/methods/picking';
import type { StatuspageApi } from '../api/client';
import { connectToStatuspage } from '../api/connect';
import type { ListName } from '../api/endpoints';
import { pageByName } from '../api/lookUps';
import { PAGE_SIZE } from '../api/paging';
import { parameterName } from '../api/parameterNames';
import type { Row } from '../api/rows';

/** What a list behind a field reads with. */
export class Picker {
	constructor(
		private readonly context: ILoadOptionsFunctions,
		private readonly api: StatuspageApi,
		private readonly credentialOrganizationId: string,
	) {}

	/** One page of a paged list; pages count from 1. */
	async page<R extends Row>(name: ListName, ids: Record<string, string>, page: number): Promise<R[]> {
		return await kept(this.api, `${name} ${JSON.stringify(ids)} ${page}`, async () => await this.api.page<R>(name, ids, page, { size: PAGE_SIZE }));
	}

	/** The whole list, or what the service finds for a query. */
	async list<R extends Row>(name: ListName, ids: Record<string, string>, query?: Record<string, string>): Promise<R[]> {
		return await kept(this.api, `${name} ${JSON.stringify([ids, query])}`, async () => await this.api.list<R>(name, ids, { query }));
	}

	/** The page that is chosen in the node, so far. */
	async pageId(): Promise<string> {
		const { mode, value } = this.#chosen('pageId');
		return mode === 'name' ? (await pageByName(this.api, value)).id : value;
	}

	organizationId(): string {
		const options = (this.context.getCurrentNodeParameter('options') ?? {}) as IDataObject;
		const id = String(options.organizationId ?? '').trim() || this.credentialOrganizationId;
		if (id) return id;
		throw new Failure({ kind: 'forbidden', message: `'${parameterName('organizationId')}' is empty`, advice: 'Enter it in the credential' });
	}

	#chosen(name: string): { mode: string; value: string } {
		const raw = this.context.getCurrentNodeParameter(name) as IDataObject | string | undefined;
		const [mode, value] = typeof raw === 'object' ? [String(raw.mode), raw.value] : ['id', raw];
		const text = String(value ?? '').trim();
		if (!text) throw new Failure({ kind: 'forbidden', message: `Choose a ${parameterName(name).toLowerCase()} first` });
		return { mode, value: text };
	}
}

/** Runs what stands behind a list; whatever goes wrong is shown where the list would be. */
export async function withPicker<T>(context: ILoadOptionsFunctions, work: (picker: Picker) => Promise<T>): Promise<T> {
	return await shownInList(context, async () => {
		const { api, organizationId } = await connectToStatuspage(context, PICKER_PATIENCE);
		return await work(new Picker(context, api, organizationId));
	});
}
