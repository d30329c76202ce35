import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Field } from '../fields/field';
import { InputGate, type ParameterValue } from './inputGate';
import type { Values } from './values';

/** Where a trigger runs. It has no items. */
export type TriggerContext = IHookFunctions | IWebhookFunctions | IPollFunctions;

/** Marks a parameter that the workflow does not have. */
const ABSENT = {};

/**
 * The checked parameters of a trigger.
 *
 * @throws Failure for an invalid value
 */
export function triggerValues(context: TriggerContext, fields: readonly Field[]): Values {
	const read = (name: string): ParameterValue | undefined => {
		const raw: unknown = context.getNodeParameter(name, ABSENT, { rawExpressions: true });
		if (raw === ABSENT) return undefined;
		return { raw, value: context.getNodeParameter(name, ABSENT, { skipValidation: true }) };
	};
	return new InputGate({ fields, read, timeZone: context.getTimezone() }).values();
}
