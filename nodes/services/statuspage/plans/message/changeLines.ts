import { removesAccess, type Change } from '../change';
import { changeParts, changeText, plainName } from '../changeText';
import { plural } from './countText';
import { fitLines, totalLength, shorten } from './fitLines';
import type { MessageFormat } from './messageFormat';

export const FULL_LIST = "The full list is in the field 'changes' of this item.";
/** Maximum length of one line in a message that must be cut. It keeps one long line from displacing the others. */
const MAX_LINE_LENGTH = 400;
const MAX_PAGE_NAME_LENGTH = 60;
/** Minimum length of a line of a change. */
const MIN_LINE_LENGTH = 15;

interface Section {
	title: string;
	changes: Change[];
	more: (count: number) => string;
}

export interface ChangeLines {
	lines: string[];
	removals: number;
	/** Number of removals that are named in full. */
	namedRemovals: number;
	/** True if a removal is only named in part. */
	isShortened: boolean;
}

export interface ChangeLinesOptions {
	format: MessageFormat;
	/** Available characters. */
	room: number;
	/** Text that is appended to the line of a change. */
	reference: (change: Change) => string;
}

/** Marks up the names if the sentence can be rebuilt from the change. Any other text is escaped as a whole. */
function markUpChange(
	change: Change,
	format: MessageFormat,
	{ most, withoutPage }: { most: number; withoutPage: boolean },
): string {
	if (changeText(change) !== change.text) return shorten(plainName(change.text), (text) => format.text(text), most);
	let line = '';
	for (const { text, isName } of changeParts(withoutPage ? { ...change, page: null } : change)) {
		const markUp = (part: string) => (isName ? format.name(part) : part);
		const whole = markUp(text);
		if (line.length + whole.length + 1 > most) return line + shorten(text, markUp, most - line.length);
		line += whole;
	}
	return line;
}

/** The page of all changes, if there is only one. The headings then name it, which leaves more room for changes. */
function singlePage(changes: Change[]): string | undefined {
	const [first] = changes;
	const isOne = changes.every(
		({ action, page }) => page !== null && page === first.page && action !== 'setPermissions',
	);
	return isOne ? plainName(first.pageName ?? first.page) : undefined;
}

function sectionsOf(changes: Change[]): Section[] {
	const removals = changes.filter(removesAccess);
	const others = changes.filter((change) => change.action !== 'unchanged' && !removesAccess(change));
	const unchanged = changes.filter(({ action }) => action === 'unchanged');
	return [
		{
			title: 'Removals',
			changes: removals,
			more: (count: number) => `${plural(count, 'more removal is', 'more removals are')} not named.`,
		},
		{
			title: 'Other changes',
			changes: others,
			more: (count: number) => `${plural(count, 'more change is', 'more changes are')} not named. ${FULL_LIST}`,
		},
		{
			title: 'No change',
			changes: unchanged,
			more: (count: number) => `${plural(count, 'more person is', 'more people are')} not named. ${FULL_LIST}`,
		},
	].filter((section) => section.changes.length > 0);
}

/** The changes of a plan, one per line and removals first. Several sections have a heading each. */
export function changeLines(changes: Change[], { format, room, reference }: ChangeLinesOptions): ChangeLines {
	const sections = sectionsOf(changes);
	const linesOf = ({ changes: ofSection }: Section, most: number, withoutPage = false) =>
		ofSection
			.slice(0, Math.ceil(room / MIN_LINE_LENGTH))
			.map((change) => `${format.bullet}${markUpChange(change, format, { most, withoutPage })}${reference(change)}`);
	const headingOf = ({ title }: Section) => (sections.length > 1 ? [format.heading(title)] : []);
	const moreOf = (section: Section) => (count: number) => `${format.bullet}${section.more(count)}`;
	const isRemovals = (section: Section) => section.title === 'Removals';
	const removals = sections.find(isRemovals)?.changes.length ?? 0;

	const inFull = sections.map((section) => linesOf(section, Infinity));
	const everything = sections.map((section, index) => [...headingOf(section), ...inFull[index]]);
	if (
		sections.every((section, index) => inFull[index].length === section.changes.length) &&
		totalLength(everything.flat()) + sections.length <= room
	) {
		return { lines: joinSections(everything), removals, namedRemovals: removals, isShortened: false };
	}

	const page = singlePage(changes);
	const headingOfCut = (section: Section) => {
		const place =
			page === undefined ? '' : ` on page ${shorten(page, (text) => format.name(text), MAX_PAGE_NAME_LENGTH)}`;
		return place || sections.length > 1 ? [format.heading(`${section.title}${place}`)] : [];
	};
	let left = room - sections.length;
	let [namedRemovals, isShortened] = [0, false];
	const cut = sections.map((section, index) => {
		// Each later section needs room for its heading and for the number of its lines.
		const later = sections
			.slice(index + 1)
			.flatMap((next) => [...headingOfCut(next), moreOf(next)(next.changes.length)]);
		const short = linesOf(section, MAX_LINE_LENGTH, page !== undefined);
		const whole = linesOf(section, Infinity, page !== undefined);
		const shown = fitLines(
			short,
			left - totalLength(later) - totalLength(headingOfCut(section)),
			moreOf(section),
			section.changes.length,
		);
		if (isRemovals(section)) {
			const named = shown.filter((line, at) => line === short[at]);
			namedRemovals = named.filter((line, at) => line === whole[at]).length;
			isShortened = namedRemovals < named.length;
		}
		const lines = [...headingOfCut(section), ...shown];
		left -= totalLength(lines);
		return lines;
	});
	return { lines: joinSections(cut), removals, namedRemovals, isShortened };
}

/** Joins sections with an empty line between them. */
function joinSections(sections: string[][]): string[] {
	return sections.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
