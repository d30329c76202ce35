import type { IDataObject } from 'n8n-workflow';
import { checkedKey } from '../http/apiKey';
import { checkedBaseUrl } from '../http/baseUrl';
import type { CheckedCredential } from '../http/connect';
import { Failure } from '../http/failures';
import { InvalidValue, mustBe } from './invalidValue';
import { toBoolean, toNumber } from './convert';
import { isIsoDate } from './dates';

/** A failure that is the credential's: nothing was sent. */
function unusable(message: string): Failure {
	return new Failure({ kind: 'invalid', message, advice: 'Correct the credential. Nothing was sent' });
}

/** Runs a check of the credential. Throws Failure with what it throws. */
export function checked<T>(check: () => T): T {
	try {
		return check();
	} catch (error) {
		throw unusable((error as Error).message);
	}
}

/** The value of a field of the credential, which may be the result of an expression; nothing for one that was left empty. */
function field<T>(label: string, value: unknown, convert: (value: unknown) => T): T | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		return convert(value);
	} catch (error) {
		throw unusable(`The ${label} of the credential ${(error as InvalidValue).message}`);
	}
}

/** @throws Failure for a value that is not a number from `min` on */
export function numberFrom(min: number, label: string, value: unknown, otherwise: number): number {
	return field(label, value, (given) => toNumber(given, { min })) ?? otherwise;
}

function toExpiry(value: unknown): string {
	const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value.trim() : '';
	if (!isIsoDate(text)) throw mustBe('a date as YYYY-MM-DD', value);
	return text;
}

/**
 * The fields that the credentials of all services have.
 *
 * @throws Failure when the credential cannot be used, before anything is sent
 */
export function checkedCredential({ apiKey, baseUrl, readOnly, expiresOn }: IDataObject): CheckedCredential {
	return {
		secret: checked(() => checkedKey(apiKey)),
		baseUrl: checked(() => checkedBaseUrl(String(baseUrl ?? ''))),
		isReadOnly: field('Read Only switch', readOnly, toBoolean) ?? false,
		expiresOn: field('Key Expires On', expiresOn, toExpiry),
	};
}
