import { component } from '../../../services/statuspage/objects/component';
import type { Component } from '../../../services/statuspage/endpoints';
import { Failure, asError } from '../../../shared/http/failures';
import type { Entry } from '../../../shared/operations/entryList';
import { invalidInput } from '../../../shared/operations/invalidInput';
import { resolveEntry, type NameScope } from '../../../shared/operations/resolveNames';
import type { StatuspageInput } from '../statuspageInput';

/** The ID of the component that an entry refers to on one page, as a list of one. Empty if the page has no such component. */
function resolveOnPage(scope: NameScope, entry: Entry): string[] {
	try {
		return [resolveEntry(scope, entry)];
	} catch (error) {
		if (error instanceof Failure && error.facts.isNotFound) return [];
		throw asError(error);
	}
}

/**
 * Resolves a component list in the options on several pages. A name must exist on at least one page.
 *
 * @param lists the components of each page
 * @returns component IDs, or undefined if the field was not added or is empty
 * @throws Failure if no page has an entry, or one page has several components with that name
 */
export function componentsOnPages(
	{ options, item }: StatuspageInput,
	name: string,
	lists: Component[][],
): Set<string> | undefined {
	const { entries, fullText } = options.entries(name);
	if (entries.length === 0) return undefined;
	const label = options.label(name);
	const scopes = lists.map((rows): NameScope => ({ label, item, ...component.namesIn(rows) }));
	const find = (entry: Entry) => scopes.flatMap((scope) => resolveOnPage(scope, entry));
	const asOne = fullText === undefined ? [] : find({ text: fullText });
	const found = entries.map((entry) => ({ entry, ids: find(entry) }));
	const unknown = found.find(({ ids }) => ids.length === 0);
	if (asOne.length > 0 && unknown) return new Set(asOne);
	if (asOne.length > 0) {
		const pieces = entries.map(({ text }) => `"${text}"`).join(' and ');
		throw invalidInput(
			label,
			`can be read as one component, "${fullText}", or as several: ${pieces}`,
			'Use an expression that returns a list of names or IDs',
			item,
		);
	}
	if (unknown)
		resolveEntry({ label, item, ...component.namesIn(lists.flat()), place: 'on these pages' }, unknown.entry);
	return new Set(found.flatMap(({ ids }) => ids));
}
