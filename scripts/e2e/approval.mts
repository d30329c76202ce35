import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';

/** The example that needs nothing but n8n. */
export const APPROVAL = 'approval-by-link';

interface Asked {
	resumeUrl: string;
	markdown: string;
	counts: Record<string, number>;
}

async function post(url: string, body: object, triesLeft = 200): Promise<unknown> {
	const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
	const text = await answer.text();
	// A script is faster than a person: n8n still registers its webhooks, or the execution has not begun to wait.
	if ((answer.status === 404 || answer.status === 409) && triesLeft > 0) {
		await sleep(100);
		return await post(url, body, triesLeft - 1);
	}
	if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
	return JSON.parse(text) as unknown;
}

/** From a list of people to a plan, to a person's answer, and to what happens then, in n8n as it runs in production. */
export async function checkApproval(url: string, { simulator, choices: { page, group } }: Trial): Promise<Check[]> {
	const groupsOf = async (email: string) => Object.values((await simulator.state()).pages[page.id]?.viewers ?? {}).find((viewer) => viewer.email === email)?.groupIds;
	const plan = async (email: string) => (await post(`${url}/webhook/statuspage-plan`, { people: [{ email, groups: [group.name] }] })) as Asked;
	return [
		await check('a plan is shown, and nothing is done before somebody answers', async () => {
			const { markdown, counts } = await plan('waiting@example.com');
			if (counts.createViewer !== 1 || !markdown.includes('Create viewer `waiting@example.com` on page ')) return `the plan was ${JSON.stringify({ markdown, counts })}`;
			return (await groupsOf('waiting@example.com')) ? 'the viewer is there already' : undefined;
		}),
		await check('after a yes the plan is applied', async () => {
			const { resumeUrl } = await plan('approved@example.com');
			const rows = (await post(resumeUrl, { approved: true })) as Array<{ result: string }>;
			if (rows[0]?.result !== 'done') return `the answer was ${JSON.stringify(rows)}`;
			return (await groupsOf('approved@example.com'))?.includes(group.id) ? undefined : 'the viewer is not in the group';
		}),
		await check('after a no nothing is done', async () => {
			const { resumeUrl } = await plan('refused@example.com');
			const rows = (await post(resumeUrl, { approved: false })) as Array<{ result: string }>;
			if (rows[0]?.result !== 'refused') return `the answer was ${JSON.stringify(rows)}`;
			return (await groupsOf('refused@example.com')) ? 'the viewer is there' : undefined;
		}),
	];
}
