import { Failure } from '../../../shared/http/failures';
import { isTeamChange, peopleLosing, type Planned } from './change';

/** How many people may lose access: at least one, so that one leaver never needs an option. */
export function mostLosing(peopleInScope: number, percent: number): number {
	return Math.max(1, Math.floor((peopleInScope * percent) / 100));
}

/** What a change counts against: its page, or the team of the organization. */
export function scopeKey(change: Pick<Planned, 'action' | 'page'>): string {
	return isTeamChange(change) ? 'team' : String(change.page);
}

type Counted = Pick<Planned, 'action' | 'page' | 'pageName' | 'before' | 'after' | 'email' | 'objectId'>;

/**
 * Stops a plan with which too many people lose access. Each page, and the team, is counted for itself.
 *
 * @param peopleInScope by page ID; `team` for team members
 * @throws Failure that says how many, where, and which option lifts the limit
 */
export function requireCap(changes: Counted[], peopleInScope: ReadonlyMap<string, number>, percent: number): void {
	const byScope = new Map<string, Counted[]>();
	for (const change of changes) {
		const key = scopeKey(change);
		const known = byScope.get(key);
		if (known) known.push(change);
		else byScope.set(key, [change]);
	}
	for (const [key, ofScope] of byScope) {
		const losing = peopleLosing(ofScope);
		const inScope = peopleInScope.get(key) ?? 0;
		const most = mostLosing(inScope, percent);
		if (losing.size > most) throw tooMany(ofScope[0], { losing, inScope, most, percent });
	}
}

function tooMany(
	change: Counted,
	{ losing, inScope, most, percent }: { losing: Set<string>; inScope: number; most: number; percent: number },
): Failure {
	const examples = [...losing].slice(0, 5).join(', ');
	const place = isTeamChange(change) ? 'in the team' : `on page ${change.pageName ?? change.page}`;
	return new Failure({
		kind: 'invalid',
		message: `${losing.size} people would lose access ${place} (${examples}${losing.size > 5 ? ', …' : ''}), but the limit is ${most} of the ${inScope} people in scope (${percent} %)`,
		advice:
			"Nothing was changed. Check the items of this node. If they are right, raise the option 'Most People Who May Lose Access (%)'",
		body: { losing: losing.size, peopleInScope: inScope, most, percent },
	});
}
