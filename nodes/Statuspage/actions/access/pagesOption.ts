import type { Page } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import type { StatuspageInput } from '../statuspageInput';

export const pagesOption = page.picks('pageIds', {
	description: 'Only these pages, instead of all pages of the API key',
});

/** The selected pages, or all pages of the key. */
export async function pagesFor(input: StatuspageInput): Promise<Page[]> {
	return (await chosenPages(input)).pages;
}

/** The selected pages and, if the option is set, the other pages of the key. Without the option: all pages of the key. */
export async function chosenPages(input: StatuspageInput): Promise<{ pages: Page[]; otherPages?: Page[] }> {
	const pages = await page.all(input.api, {});
	const wanted = new Set(await input.idsOf(page, {}, 'pageIds', { values: input.options }));
	if (wanted.size === 0) return { pages };
	return { pages: pages.filter(({ id }) => wanted.has(id)), otherPages: pages.filter(({ id }) => !wanted.has(id)) };
}
