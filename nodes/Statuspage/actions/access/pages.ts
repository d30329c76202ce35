import type { Page } from '../../api/rows';
import { pickListField } from '../fields/pickList';
import { badInput, type Input } from '../input';
import { idList } from '../../../shared/actions/idList';

export const pagesOption = pickListField('pageIds', 'getPages', {
	required: false,
	typeOptions: { loadOptionsMethod: 'getPages' },
	description: 'Only these pages, instead of all that the key can see. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

/** The chosen pages, or all pages of the key. */
export async function pagesFor(input: Input): Promise<Page[]> {
	const pages = await input.api.list<Page>('listPages', {});
	const wanted = idList(input.collection('options').pageIds ?? []);
	const unknown = wanted.find((id) => !pages.some((page) => page.id === id));
	if (unknown) throw badInput('pageIds', `holds no page of the key: "${unknown}"`);
	return wanted.length > 0 ? pages.filter(({ id }) => wanted.includes(id)) : pages;
}
