import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiClient } from '../api/client';
import { Failure } from '../transport/failures';
import { idList } from './idList';
import type { ItemOrder } from './itemOrder';

export interface Located {
	mode: string;
	value: string;
}

/** A failure that is the input's: nothing was sent. `label` is the parameter's name on the screen. */
export function inputFailure(label: string, what: string, advice?: string): Failure {
	return new Failure({ kind: 'forbidden', message: `'${label}' ${what}`, advice });
}

export function checkedEmail(label: string, email: string): string {
	if (!/^[^\s@,;]+@[^\s@,;]+$/.test(email)) throw inputFailure(label, `is not an e-mail address: "${email}"`, 'Nothing was sent');
	return email;
}

/** The parameters of one item, read and checked, and the API to use them with. */
export class Input<Api extends ApiClient = ApiClient> {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly item: number,
		readonly api: Api,
		/** Of operations that write. */
		private readonly order?: ItemOrder,
	) {}

	/** The number of the item. */
	get number(): number {
		return this.item;
	}

	/** The data of the item itself. */
	get json(): IDataObject {
		return this.context.getInputData()[this.item].json;
	}

	text(name: string): string {
		return String(this.#parameter(name, '') ?? '').trim();
	}

	/** @throws Failure when it is empty */
	requiredText(name: string): string {
		const text = this.text(name);
		if (!text) throw this.bad(name, 'is empty');
		return text;
	}

	/** @throws Failure when it is not an e-mail address */
	email(name = 'email'): string {
		return checkedEmail(this.api.labelOf(name), this.requiredText(name));
	}

	flag(name: string, otherwise = false): boolean {
		return this.#parameter(name, otherwise) === true;
	}

	/** The value of a collection such as Additional Fields; `{}` when nothing was added. */
	collection(name: string): IDataObject {
		return (this.#parameter(name, {}) ?? {}) as IDataObject;
	}

	/** What Return All and Limit ask for; `Infinity` for all. */
	limit(): number {
		return this.flag('returnAll') ? Infinity : Number(this.#parameter('limit', 50));
	}

	/** IDs from picks, an array or text, each once; may be empty. */
	ids(name: string): string[] {
		return idList(this.#parameter(name, []));
	}

	/** @throws Failure when there is none: an empty list never means all */
	requiredIds(name: string): string[] {
		const ids = this.ids(name);
		if (ids.length === 0) throw this.bad(name, 'is empty', 'Nothing was sent: an empty list never means all');
		return ids;
	}

	/** The value of a resource locator; an expression or an AI agent may give the bare ID. */
	locator(name: string): Located {
		const raw = this.#parameter(name, '');
		const isLocator = typeof raw === 'object' && raw !== null && 'mode' in raw;
		const value = String((isLocator ? (raw as IDataObject).value : raw) ?? '').trim();
		if (!value) throw this.bad(name, 'is empty', `Choose one, or enter its ID`);
		return { mode: isLocator ? String((raw as IDataObject).mode) : 'id', value };
	}

	/** Items run side by side: whoever has found out which object an item means waits here for earlier items that mean it too. */
	async inOrder(object: string): Promise<void> {
		await this.order?.turn(this.item, object);
	}

	/** Tells the user what to act on, once a run. */
	alarm(text: string): void {
		this.api.connection.report.alarms.add(text);
	}

	/** A file for the output. */
	async file(content: string, fileName: string, mimeType: string): Promise<IBinaryData> {
		return await this.context.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), fileName, mimeType);
	}

	/** Tells the user something besides the data, once a run. */
	remark(text: string): void {
		this.api.connection.report.remarks.add(text);
	}

	/** A failure that is this parameter's: nothing was sent. */
	bad(name: string, what: string, advice?: string): Failure {
		return inputFailure(this.api.labelOf(name), what, advice);
	}

	#parameter(name: string, otherwise: unknown): unknown {
		return this.context.getNodeParameter(name, this.item, otherwise);
	}
}
