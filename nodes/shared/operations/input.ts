import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiClient } from '../client/apiClient';
import type { Field } from '../fields/field';
import type { Failure } from '../http/failures';
import { invalidInput, NOTHING_CHANGED } from './invalidInput';
import { InputGate, type ParameterValue } from './inputGate';
import type { ItemOrder } from './itemOrder';
import type { Values } from './values';

/** Stands for a parameter that the workflow does not have. */
const ABSENT = {};

/** The gate of one item, in front of n8n. */
export function gateOf(context: IExecuteFunctions, item: number, fields: readonly Field[]): InputGate {
	const read = (name: string): ParameterValue | undefined => {
		const raw: unknown = context.getNodeParameter(name, item, ABSENT, { rawExpressions: true });
		if (raw === ABSENT) return undefined;
		// n8n's own conversion takes null for valid and "false" for true.
		return { raw, value: context.getNodeParameter(name, item, ABSENT, { skipValidation: true }) };
	};
	return new InputGate({ fields, read, timeZone: context.getTimezone(), item });
}

/** The parameters of one item, judged, and the API to use them with. */
export class Input<Api extends ApiClient = ApiClient> {
	#values: Values | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		/** The number of the item. */
		readonly item: number,
		readonly api: Api,
		private readonly fields: readonly Field[],
		/** Of operations that write. */
		private readonly order?: ItemOrder,
	) {}

	/** What the input gate let through. Throws Failure for a value that is not understood. */
	get values(): Values {
		this.#values ??= gateOf(this.context, this.item, this.fields).values();
		return this.#values;
	}

	/** The data of the item itself. */
	get json(): IDataObject {
		return this.context.getInputData()[this.item].json;
	}

	/** What Return All and Limit ask for; `Infinity` for all. */
	get limit(): number {
		return this.values.flag('returnAll') ? Infinity : (this.values.number('limit') ?? Infinity);
	}

	/** Items run side by side: an item that has found out which object it means waits here for earlier items that mean it too. */
	async inOrder(object: string): Promise<void> {
		await this.order?.turn(this.item, object);
	}

	/** Tells the user what to act on, once per run. */
	alarm(text: string): void {
		this.api.connection.report.alarms.add(text);
	}

	/** Tells the user something besides the data, once per run. */
	remark(text: string): void {
		this.api.connection.report.remarks.add(text);
	}

	/** A file for the output. */
	async file(content: string, fileName: string, mimeType: string): Promise<IBinaryData> {
		return await this.context.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), fileName, mimeType);
	}

	/** A failure that is this parameter's, before anything is written. */
	invalid(name: string, problem: string, advice?: string): Failure {
		return invalidInput(labelIn(this.fields, name) ?? name, problem, advice, this.item, NOTHING_CHANGED);
	}
}

/** The name on the screen, also of fields inside collections. */
function labelIn(fields: readonly Field[], name: string): string | undefined {
	for (const field of fields) {
		if (field.name === name) return field.displayName;
		const inner = (field.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? [option as Field] : [],
		);
		const label = labelIn(inner, name);
		if (label !== undefined) return label;
	}
	return undefined;
}
