/**
 * How many requests a window we allow ourselves: additive increase, multiplicative decrease. Processes that share a key cannot see
 * each other, but all of them see refusals; with this rule their shares even out instead of colliding again and again.
 */

/** The allowance after a refusal. */
export function afterRefusal(allowance: number): number {
	return Math.max(1, Math.floor(allowance / 2));
}

/** The allowance after a whole window without a refusal; never more than `limit`, in requests per window. */
export function afterCleanWindow(allowance: number, limit: number): number {
	return Math.min(limit, allowance + Math.max(1, Math.floor(limit / 10)));
}
