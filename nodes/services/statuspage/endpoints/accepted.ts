import { isEmptyBody, isObject, type Answer } from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';

/** A success without a documented body. Any JSON counts, but text comes from a proxy. */
export const accepted: Answer<true> = (body) => {
	if (isEmptyBody(body) || body === null || isObject(body) || Array.isArray(body)) return true;
	throw new NotUnderstood('the answer is not from the service');
};
