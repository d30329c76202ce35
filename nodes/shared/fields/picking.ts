import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { ApiClient } from '../client/apiClient';
import type { TimeLimits } from '../http/connect';
import type { KeyWindow } from '../http/keyWindow';
import { toNodeError } from '../http/nodeError';

/** Somebody waits in front of the screen. */
const PATIENCE_MS = 10_000;
export const PICKER_TIME_LIMITS: TimeLimits = {
	timeoutMs: PATIENCE_MS,
	waitBudgetMs: PATIENCE_MS,
	giveUpAfterMs: PATIENCE_MS,
};

const KEPT_FOR_MS = 60_000;

interface CachedAnswer {
	at: number;
	answer: Promise<unknown>;
}

/** Answers of the last minute, by key: opening a list twice must not cost the key's window twice. */
const keptAnswers = new WeakMap<KeyWindow, Map<string, CachedAnswer>>();

/** What `read` answered within the last minute for this key. */
export async function cachedForPickers<T>(
	{ connection: { baseUrl, window, clock } }: ApiClient,
	name: string,
	read: () => Promise<T>,
): Promise<T> {
	const answers = keptAnswers.get(window) ?? new Map<string, CachedAnswer>();
	keptAnswers.set(window, answers);
	const key = `${baseUrl} ${name}`;
	const known = answers.get(key);
	if (known && clock.now() - known.at < KEPT_FOR_MS) return (await known.answer) as T;
	const answer = read();
	answers.set(key, { at: clock.now(), answer });
	answer.catch(() => answers.delete(key));
	return await answer;
}

/** Runs what stands behind a list; whatever goes wrong is shown where the list would be. */
export async function shownInList<T>(context: ILoadOptionsFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** True when the text holds what the user searches for; always without a search. */
export function contains(text: string, filter: string | undefined): boolean {
	return text.toLowerCase().includes((filter ?? '').trim().toLowerCase());
}
