import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';

/** Sends JSON to n8n, and returns its status and JSON. */
export async function send(url: string, body: object, triesLeft = 200): Promise<{ status: number; body: unknown }> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	const text = await answer.text();
	// n8n may still register its webhooks, or the execution may not wait yet.
	if ((answer.status === 404 || answer.status === 409) && triesLeft > 0) {
		await sleep(100);
		return await send(url, body, triesLeft - 1);
	}
	try {
		return { status: answer.status, body: JSON.parse(text) as unknown };
	} catch {
		throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
	}
}

/** The same for a request that must succeed. */
export async function post(url: string, body: object): Promise<unknown> {
	const answer = await send(url, body);
	if (answer.status >= 400)
		throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 300)}`);
	return answer.body;
}
