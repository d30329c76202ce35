import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';

/** Safety margin, because timers and sockets are not exact. */
const GUARD_MS = 2;

/** One request of a job. */
export interface PlainRequest {
	method: string;
	path: string;
	body?: unknown;
}

/**
 * Measures the physical limit with a client that knows the rate limit window and all requests in advance. It sends each request as
 * early as the window and the connections allow, and ignores the content of the responses.
 *
 * @param stages each starts when all requests of the one before have a response
 * @returns milliseconds from the first request to the last response
 * @throws if a request fails for another reason than the rate limit
 */
export async function runAtLimit(
	url: string,
	stages: PlainRequest[][],
	{
		limit,
		windowMs,
		latencyMs,
		connections = 128,
	}: { limit: number; windowMs: number; latencyMs: number; connections?: number },
): Promise<number> {
	const agent = new Agent({ connections });
	/** When the service counted each request. The response arrives `latencyMs` later. */
	const countedAt: Array<Promise<number>> = [];
	const since = performance.now();
	const send = async ({ method, path, body }: PlainRequest, slot: Promise<number> | undefined) => {
		if (slot) await sleep(Math.max(0, (await slot) + windowMs + GUARD_MS - performance.now()));
		for (;;) {
			const answer = await fetch(`${url}${path}`, {
				method,
				dispatcher: agent,
				headers: {
					Authorization: 'OAuth simulator-key',
					...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			await answer.arrayBuffer();
			if (answer.ok) return performance.now() - latencyMs;
			if (answer.status !== 420 && answer.status !== 429)
				throw new Error(`${method} ${path} was answered with ${answer.status}`);
			await sleep(GUARD_MS);
		}
	};
	for (const stage of stages) {
		for (const request of stage) countedAt.push(send(request, countedAt[countedAt.length - limit]));
		await Promise.all(countedAt);
	}
	const elapsed = performance.now() - since;
	await agent.close();
	return elapsed;
}
