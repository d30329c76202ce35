import type { Page } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import type { Input } from '../input';

export const pagesOption = page.picks('pageIds', { description: 'Only these pages, instead of all that the key can see' });

/** The chosen pages, or all pages of the key. */
export async function pagesFor(input: Input): Promise<Page[]> {
	const pages = await page.rows(input.api, {});
	const wanted = await input.idsOf(page, {}, 'pageIds', { values: input.options });
	return wanted.length > 0 ? pages.filter(({ id }) => wanted.includes(id)) : pages;
}
