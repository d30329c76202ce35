import { mostLosing } from './cap';
import { ACTIONS, listIn, peopleLosing, takesAway, type Action, type Change } from './change';

/** Fits into one block of a Slack message (3,000 characters), and into Jira (32,767), with room for words around it. */
const MOST_CHARACTERS = 2800;

export interface SummaryFacts {
	title: string;
	peopleInScope: number;
	capPercent: number;
	/** What the audience check saw. */
	audience: string[];
	cost: { planRequests: number; applyRequests: number; applyMinutes: number; requestsPerMinute: number };
}

const WORDS: Record<Action, [string, string]> = {
	createGroup: ['viewer group created', 'viewer groups created'],
	createViewer: ['viewer created', 'viewers created'],
	updateViewer: ['viewer updated', 'viewers updated'],
	addToGroup: ['group membership added', 'group memberships added'],
	setComponents: ['set of own components changed', 'sets of own components changed'],
	removeFromGroup: ['group membership removed', 'group memberships removed'],
	deleteViewer: ['viewer deleted', 'viewers deleted'],
	deleteSubscriber: ['subscription ended', 'subscriptions ended'],
	setPermissions: ['page permission removed', 'page permissions removed'],
	deleteTeamMember: ['team member deleted', 'team members deleted'],
	unchanged: ['unchanged', 'unchanged'],
};

export function countsOf(changes: Change[]): Partial<Record<Action, number>> {
	const counts: Partial<Record<Action, number>> = {};
	for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
	return counts;
}

/** Names come from people and lists: they must not become links, mentions or formatting of the message. */
function plain(text: unknown): string {
	return String(text).replace(/[`*_~<>|[\]\\\r\n]/g, ' ').trim();
}

function inGroups(count: number): string {
	return count === 0 ? '' : ` in ${count} ${count === 1 ? 'group' : 'groups'}`;
}

/** One change in words. */
export function sentenceOf(change: Change): string {
	const { action, email, before, after, note } = change;
	const who = plain(email);
	const group = plain(after?.groupName ?? '');
	const list = (facts: typeof after) => `${listIn(facts, 'componentIds').length}`;
	const sentences: Record<Action, string> = {
		createGroup: `create group ${plain(after?.name)}`,
		createViewer: `create ${who}${inGroups(listIn(after, 'groupIds').length + listIn(after, 'newGroups').length)}`,
		updateViewer: `update ${who}: ${Object.keys(after ?? {}).map((name) => `${name} ${plain(before?.[name] ?? 'none')} → ${plain(after?.[name] ?? 'none')}`).join(', ')}`,
		addToGroup: `add ${who} to ${group}`,
		setComponents: `${who}: own components ${list(before)} → ${list(after)}`,
		removeFromGroup: `remove ${who} from ${group}`,
		deleteViewer: `delete ${who}${inGroups(listIn(before, 'groupIds').length)}`,
		deleteSubscriber: `end the subscription of ${who}`,
		setPermissions: `${who}: no access to page ${plain(change.page)} any more`,
		deleteTeamMember: `delete team member ${who}`,
		unchanged: `${who}: nothing to do`,
	};
	return `${sentences[action]}${note ? ` (${note})` : ''}`;
}

function minutes(value: number): string {
	return value < 1 ? 'less than a minute' : `about ${Math.ceil(value)} min`;
}

/** What a person reads before saying yes: what is taken away stands first. */
export function markdownOf(changes: Change[], { title, peopleInScope, capPercent, audience, cost }: SummaryFacts): string {
	const counts = countsOf(changes);
	const losing = peopleLosing(changes).size;
	const doing = changes.filter(({ action }) => action !== 'unchanged');
	const head = [
		`**${plain(title)}**`,
		'',
		...(doing.length === 0 ? ['Nothing to change.'] : ACTIONS.flatMap((action) => (counts[action] ? [`- ${counts[action]} ${WORDS[action][counts[action] === 1 ? 0 : 1]}`] : []))),
		'',
		`${losing} of ${peopleInScope} people in scope end with less; at most ${mostLosing(peopleInScope, capPercent)} may (${capPercent} %).`,
		`Applying it takes ${cost.applyRequests} requests, ${minutes(cost.applyMinutes)} at ${cost.requestsPerMinute} a minute.`,
		...audience.map(plain),
	].join('\n');
	const ordered = [...doing.filter(takesAway), ...doing.filter((change) => !takesAway(change))];
	const lines: string[] = [];
	let length = head.length;
	for (const change of ordered) {
		const line = `- ${sentenceOf(change)}`;
		if (length + line.length > MOST_CHARACTERS) break;
		lines.push(line);
		length += line.length + 1;
	}
	const rest = ordered.length - lines.length;
	return [head, ...(lines.length > 0 ? ['', ...lines] : []), ...(rest > 0 ? [`- … and ${rest} more, not shown here`] : [])].join('\n');
}
