import { Failure } from '../../../shared/http/failures';
import { peopleLosing, type Planned } from './change';

/** The share of the people in scope, in percent, that a plan may leave with less. */
export const DEFAULT_CAP_PERCENT = 10;

/** How many people may end with less than before: at least one, so that one leaver never needs an option. */
export function mostLosing(peopleInScope: number, percent: number): number {
	return Math.max(1, Math.floor((peopleInScope * percent) / 100));
}

/**
 * Stops a plan that takes something away from too many.
 *
 * @throws Failure that says how many, and which option lifts the cap
 */
export function requireCap(changes: Planned[], peopleInScope: number, percent: number): void {
	const losing = peopleLosing(changes);
	const most = mostLosing(peopleInScope, percent);
	if (losing.size <= most) return;
	const examples = [...losing].slice(0, 5).join(', ');
	throw new Failure({
		kind: 'forbidden',
		message: `The plan takes something away from ${losing.size} people (${examples}${losing.size > 5 ? ', …' : ''}), but of the ${peopleInScope} in scope at most ${most} may lose something (${percent} %)`,
		advice: "Nothing was changed. Check the list of desired people and the scope; if it is right, raise the option 'Most People Who May Lose Access (%)'",
		body: { losing: losing.size, peopleInScope, most, percent },
	});
}
