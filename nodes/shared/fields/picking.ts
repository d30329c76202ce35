import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { ApiClient } from '../client/apiClient';
import type { KeyWindow } from '../http/keyWindow';
import { toNodeError } from '../http/nodeError';

const CACHED_FOR_MS = 60_000;

interface CachedAnswer {
	at: number;
	answer: Promise<unknown>;
}

/** Answers of the last minute per key, so opening a list twice takes its requests only once. */
const cachedAnswers = new WeakMap<KeyWindow, Map<string, CachedAnswer>>();

/** The answer of `read` within the last minute for this key. */
export async function cachedForPickers<T>(
	{ connection: { baseUrl, window, clock } }: ApiClient,
	name: string,
	read: () => Promise<T>,
): Promise<T> {
	const answers = cachedAnswers.get(window) ?? new Map<string, CachedAnswer>();
	cachedAnswers.set(window, answers);
	const key = `${baseUrl} ${name}`;
	const known = answers.get(key);
	if (known && clock.now() - known.at < CACHED_FOR_MS) return (await known.answer) as T;
	const answer = read();
	answers.set(key, { at: clock.now(), answer });
	answer.catch(() => answers.delete(key));
	return await answer;
}

/** Runs the work behind a list. What goes wrong is shown in place of the list. */
export async function shownInList<T>(context: ILoadOptionsFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** True if the text contains the search text, or if there is none. */
export function contains(text: string, filter: string | undefined): boolean {
	return text.toLowerCase().includes((filter ?? '').trim().toLowerCase());
}
