import type { IBinaryData, IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import type { Field } from '../fields/field';
import type { Connection } from '../http/connection';
import type { Failure } from '../http/failures';
import { hasDryRun, readOnlyItemFailure } from './dryRun';
import { invalidInput, NOTHING_CHANGED } from './invalidInput';
import { InputGate, type ParameterValue } from './inputGate';
import type { ItemOrder } from './itemOrder';
import { plainValue } from './plainValue';
import type { Values } from './values';

/** The variant of a node that AI agents use. */
function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/** Marks a parameter that the workflow does not have. */
const ABSENT = {};

/** What is the same for all items of a run. n8n copies the node with each answer, which adds up over thousands of items. */
class NodeParameters {
	readonly isTool: boolean;
	readonly timeZone: string;
	readonly #raw = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {
		this.isTool = isTool(context.getNode());
		this.timeZone = context.getTimezone();
	}

	/** A parameter with unresolved expressions; `ABSENT` if the workflow does not have it. */
	raw(name: string): unknown {
		if (!this.#raw.has(name))
			this.#raw.set(name, this.context.getNodeParameter(name, 0, ABSENT, { rawExpressions: true }));
		return this.#raw.get(name);
	}
}

/** By the context of the run. */
const parameters = new WeakMap<IExecuteFunctions, NodeParameters>();

/** The input gate of one item. It reads parameters from n8n. */
export function gateOf(context: IExecuteFunctions, item: number, fields: readonly Field[]): InputGate {
	const node = parameters.get(context) ?? new NodeParameters(context);
	parameters.set(context, node);
	// As a tool, the item of the expressions is not the one of the input.
	const json = node.isTool ? undefined : context.getInputData()[item]?.json;
	const read = (name: string): ParameterValue | undefined => {
		const raw = node.raw(name);
		if (raw === ABSENT) return undefined;
		const plain = json && plainValue(raw, json);
		if (plain !== undefined) return { raw, value: plain };
		// n8n's own conversion accepts null and converts "false" to true.
		return { raw, value: context.getNodeParameter(name, item, ABSENT, { skipValidation: true }) };
	};
	return new InputGate({ fields, read, timeZone: node.timeZone, item });
}

/** The part of a connection that running items needs. A connection without a key has no window. */
export type RunConnection = Pick<Connection, 'serviceName' | 'clock' | 'report' | 'isReadOnly'> &
	Partial<Pick<Connection, 'isShared' | 'window'>>;

/** What operations send their requests through. */
export interface RunApi {
	readonly connection: RunConnection;
}

/** The checked parameters of one item, and the API. */
export class Input<Api extends RunApi = RunApi> {
	#values: Values | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		/** The number of the item. */
		readonly item: number,
		readonly api: Api,
		private readonly fields: readonly Field[],
		/** Only for operations that write. */
		private readonly order?: ItemOrder,
	) {}

	/**
	 * The values that passed the input gate. Throws Failure for an invalid value, and if an operation with the option 'Dry Run' would write
	 * with a read-only credential.
	 */
	get values(): Values {
		this.#values ??= this.#checked(gateOf(this.context, this.item, this.fields).values());
		return this.#values;
	}

	/** The option 'Dry Run' is on: the item must not write. Always false for operations without this option. */
	get isDryRun(): boolean {
		return hasDryRun(this.fields) && isDryRun(this.values);
	}

	/** The request helper rejects writes too. Here, nothing was sent yet, not even to resolve names. */
	#checked(values: Values): Values {
		const isRejected = this.api.connection.isReadOnly && hasDryRun(this.fields) && !isDryRun(values);
		if (isRejected) throw readOnlyItemFailure(this.item);
		return values;
	}

	/** The data of the item itself. */
	get json(): IDataObject {
		return this.context.getInputData()[this.item].json;
	}

	/** The limit from Return All and Limit; `Infinity` for all. */
	get limit(): number {
		return this.values.flag('returnAll') ? Infinity : (this.values.number('limit') ?? Infinity);
	}

	/** Waits until earlier items that target the same object are done. */
	async inOrder(object: string): Promise<void> {
		await this.order?.turn(this.item, object);
	}

	/** Shows a hint that needs an action, once per run. */
	alarm(text: string): void {
		this.api.connection.report.alarms.add(text);
	}

	/** Shows a hint, once per run. */
	remark(text: string): void {
		this.api.connection.report.remarks.add(text);
	}

	/** A file for the output. */
	async file(content: string, fileName: string, mimeType: string): Promise<IBinaryData> {
		return await this.context.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), fileName, mimeType);
	}

	/** A failure because of this parameter, before anything is written. */
	invalid(name: string, problem: string, advice?: string): Failure {
		return invalidInput(labelIn(this.fields, name) ?? name, problem, advice, this.item, NOTHING_CHANGED);
	}
}

function isDryRun(values: Values): boolean {
	return values.collection('options').flag('dryRun');
}

/** The label of a field, also inside collections. */
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
