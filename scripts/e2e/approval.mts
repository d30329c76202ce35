import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import { post, send } from './post.mts';

/** The example that needs nothing but n8n. */
export const APPROVAL = 'approval-by-link';

interface Asked {
	hasChanges: boolean;
	resumeUrl?: string;
	message: string;
	counts: Record<string, number>;
}

/** A list of people becomes a plan, an approval and changes, in n8n as it runs in production. */
export async function checkApproval(url: string, { simulator, choices: { page, group } }: Trial): Promise<Check[]> {
	const groupsOf = async (email: string) =>
		Object.values((await simulator.state()).pages[page.id]?.viewers ?? {}).find((viewer) => viewer.email === email)
			?.groupIds;
	const webhook = `${url}/webhook/statuspage-plan`;
	const plan = async (email: string) => (await post(webhook, { people: [{ email, groups: [group.name] }] })) as Asked;
	return [
		await check('a plan is shown, and nothing is changed before the approval', async () => {
			const { hasChanges, message, counts } = await plan('waiting@example.com');
			if (
				!hasChanges ||
				counts.createViewer !== 1 ||
				!message.includes('waiting@example.com') ||
				!message.includes(group.name)
			)
				return `the plan was ${JSON.stringify({ hasChanges, message, counts })}`;
			return (await groupsOf('waiting@example.com')) ? 'the viewer exists already' : undefined;
		}),
		await check('after an approval the plan is applied', async () => {
			const { resumeUrl = '' } = await plan('approved@example.com');
			const rows = (await post(resumeUrl, { approved: true })) as Array<{ result: string }>;
			if (rows[0]?.result !== 'done') return `the answer was ${JSON.stringify(rows)}`;
			return (await groupsOf('approved@example.com'))?.includes(group.id)
				? undefined
				: 'the viewer is not in the group';
		}),
		await check('a plan without changes is an answer without a link', async () => {
			const { hasChanges, resumeUrl, message } = await plan('approved@example.com');
			return !hasChanges && resumeUrl === undefined && message
				? undefined
				: JSON.stringify({ hasChanges, resumeUrl, message });
		}),
		await check('after a declined plan nothing is changed', async () => {
			const { resumeUrl = '' } = await plan('declined@example.com');
			const rows = (await post(resumeUrl, { approved: false })) as Array<{ result: string }>;
			if (rows[0]?.result !== 'declined') return `the answer was ${JSON.stringify(rows)}`;
			return (await groupsOf('declined@example.com')) ? 'the viewer exists' : undefined;
		}),
		await check('an unknown group and a list without people are answers with a reason', async () => {
			const unknown = await send(webhook, { people: [{ email: 'a@example.com', groups: ['No such group'] }] });
			const empty = await send(webhook, { people: [] });
			const isGood =
				unknown.status === 400 && JSON.stringify(unknown.body).includes('No such group') && empty.status === 400;
			return isGood ? undefined : JSON.stringify([unknown, empty]);
		}),
	];
}
