import { Failure } from '../../../shared/http/failures';
import { isTeamChange, peopleLosingAccess, type PlannedChange } from './change';
import { plural } from './message/countText';
import { addToList } from './addToList';

/** The number of people who may lose access. It is at least one, so a single leaver never needs a higher limit. */
export function maxPeopleLosing(peopleInScope: number, percent: number): number {
	return Math.max(1, Math.floor((peopleInScope * percent) / 100));
}

/** The scope whose limit a change counts towards, which is its page or the team of the organization. */
export function scopeKey(change: Pick<PlannedChange, 'action' | 'page'>): string {
	return isTeamChange(change) ? 'team' : String(change.page);
}

type CountedChange = Pick<PlannedChange, 'action' | 'page' | 'pageName' | 'before' | 'after' | 'email' | 'objectId'>;

/**
 * Stops a plan that removes access from too many people. Each page and the team have their own limit.
 *
 * @param peopleInScope number of people by page ID, and `team` for team members
 * @throws Failure with the number of people, the page or team, and the option that raises the limit
 */
export function requireCap(
	changes: CountedChange[],
	peopleInScope: ReadonlyMap<string, number>,
	percent: number,
): void {
	const byScope = new Map<string, CountedChange[]>();
	for (const change of changes) {
		const key = scopeKey(change);
		addToList(byScope, key, change);
	}
	for (const [key, ofScope] of byScope) {
		const losing = peopleLosingAccess(ofScope);
		const inScope = peopleInScope.get(key) ?? 0;
		const most = maxPeopleLosing(inScope, percent);
		if (losing.size > most) throw capExceeded(ofScope[0], { losing, inScope, most, percent });
	}
}

function capExceeded(
	change: CountedChange,
	{ losing, inScope, most, percent }: { losing: Set<string>; inScope: number; most: number; percent: number },
): Failure {
	const examples = [...losing].slice(0, 5).join(', ');
	const place = isTeamChange(change) ? 'in the team' : `on page ${change.pageName ?? change.page}`;
	return new Failure({
		kind: 'invalid',
		message: `This plan removes access from ${losing.size} of ${plural(inScope, 'person', 'people')} in scope ${place} (${examples}${losing.size > 5 ? ', …' : ''}). The limit is ${most} (${percent}%)`,
		advice: "Nothing was changed. Check the input items. If they are correct, raise 'Max People Losing Access (%)'",
		body: { losing: losing.size, peopleInScope: inScope, most, percent },
	});
}
