import { ACTIONS, hasMetrics, personKey, removesAccess, type Action, type Change } from '../change';
import { joinNames } from '../joinNames';

export type Counts = Partial<Record<Action, number>>;

/** Number of changes by action. Actions without changes have no entry. */
export function countsOf(changes: Change[]): Counts {
	const counts: Counts = {};
	for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
	return counts;
}

/** "1 viewer", "2 viewers". */
export function plural(count: number, noun: string, several = `${noun}s`): string {
	return `${count} ${count === 1 ? noun : several}`;
}

function people(changes: Change[]): string {
	return plural(new Set(changes.map(personKey)).size, 'person', 'people');
}

/** The number of memberships, if it differs from the number of people. */
function memberships(changes: Change[]): string {
	const count = new Set(changes.map(personKey)).size;
	return count === changes.length ? '' : ` (${plural(changes.length, 'membership')})`;
}

function ownAccess(changes: Change[]): string {
	return changes.some(({ before, after }) => hasMetrics(before) || hasMetrics(after))
		? 'own components and metrics'
		: 'own components';
}

const REMOVALS: Partial<Record<Action, (changes: Change[]) => string>> = {
	removeFromGroup: (changes) => `remove ${people(changes)} from viewer groups${memberships(changes)}`,
	setComponents: (changes) => `remove ${ownAccess(changes)} from ${people(changes)}`,
	deleteViewer: ({ length }) => `delete ${plural(length, 'viewer')}`,
	deleteSubscriber: ({ length }) => `delete ${plural(length, 'subscription')}`,
	setPermissions: ({ length }) => `remove ${plural(length, 'page permission')} of team members`,
	deleteTeamMember: ({ length }) => `delete ${plural(length, 'team member')}`,
};

const OTHERS: Partial<Record<Action, (changes: Change[]) => string>> = {
	createGroup: ({ length }) => `create ${plural(length, 'viewer group')}`,
	createViewer: ({ length }) => `create ${plural(length, 'viewer')}`,
	updateViewer: ({ length }) => `change the email or external login of ${plural(length, 'viewer')}`,
	addToGroup: (changes) => `add ${people(changes)} to viewer groups${memberships(changes)}`,
	setComponents: (changes) => `give ${ownAccess(changes)} to ${people(changes)}`,
	setPermissions: ({ length }) => `change ${plural(length, 'page permission')} of team members`,
};

/** "delete 2 viewers and add 1 person to viewer groups", removals first. Empty if there are no changes. */
export function countText(changes: Change[]): string {
	const phrases = (table: typeof OTHERS, isRemoval: boolean) =>
		ACTIONS.flatMap((action) => {
			const phrase = table[action];
			const ofAction = changes.filter((change) => change.action === action && removesAccess(change) === isRemoval);
			return phrase && ofAction.length > 0 ? [phrase(ofAction)] : [];
		});
	return joinNames([...phrases(REMOVALS, true), ...phrases(OTHERS, false)]);
}
