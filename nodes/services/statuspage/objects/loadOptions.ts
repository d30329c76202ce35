import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { Failure } from '../../../shared/http/failures';
import type { ListItem } from '../statuspageApi';
import type { Component, ListName } from '../endpoints';
import { component } from './component';
import { componentGroup } from './componentGroup';
import { incidentTemplate } from './incidentTemplate';
import { labelsOf } from './labels';
import { metric } from './metric';
import { metricProvider } from './metricProvider';
import type { ObjectKind } from './objectKind';
import { page } from './page';
import { withPicker, type Picker } from './picker';
import { viewerGroup } from './viewerGroup';

type Load = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}

/** The dropdown of a kind of object. `detail` makes a detail for the labels from the whole list. */
function optionsOf<Name extends ListName>(
	kind: ObjectKind<Name>,
	detail?: (all: Array<ListItem<Name>>) => (object: ListItem<Name>) => string | null | undefined,
): Load {
	const { list, placedIn, keep = () => true } = kind.row;
	return async function (this: ILoadOptionsFunctions) {
		return await withPicker(this, async (picker: Picker) => {
			const all = await picker.list(list, await picker.placeFor(placedIn));
			const objects = all.filter(keep);
			const labels = labelsOf(kind, objects, detail?.(all));
			return objects.map(({ id }, index) => ({ name: labels[index], value: id })).sort(byName);
		});
	};
}

const componentGroupOf = (all: Component[]) => {
	const names = new Map(all.map(({ id, name }) => [id, name]));
	return ({ group_id }: Component) => group_id && names.get(group_id);
};

/** Each page takes a request while the user waits. */
const MAX_PAGES = 20;

/** Components of several pages, with the name of the page where there are several. */
async function getComponentsOfPages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withPicker(this, async (picker: Picker) => {
		const pages = await picker.chosenPages();
		if (pages.length > MAX_PAGES)
			throw new Failure({
				kind: 'invalid',
				message: `Choose at most ${MAX_PAGES} pages first. This API key has ${pages.length}`,
			});
		const lists = await Promise.all(
			pages.map(async ({ id, name }) => {
				const all = await picker.list('listComponents', { pageId: id });
				const components = all.filter(component.row.keep ?? (() => true));
				const labels = labelsOf(component, components, componentGroupOf(all));
				return components.map((entry, index) => ({
					name: pages.length > 1 ? `${labels[index]} · ${name}` : labels[index],
					value: entry.id,
				}));
			}),
		);
		return lists.flat().sort(byName);
	});
}

/**
 * The dropdown, after an entry for the empty value. Outside a collection, n8n marks a field in red if its value is not in the list, even
 * if the field is optional.
 */
function withNone(load: Load, name: string): Load {
	return async function (this: ILoadOptionsFunctions) {
		return [{ name, value: '' }, ...(await load.call(this))];
	};
}

/** The methods behind dropdowns, by the names that fields use. */
export const loadOptions = {
	getComponentGroups: optionsOf(componentGroup),
	getComponents: optionsOf(component, componentGroupOf),
	getComponentsOfPages,
	getIncidentTemplates: withNone(optionsOf(incidentTemplate), '[No Template]'),
	getMetricProviders: optionsOf(metricProvider),
	getMetrics: optionsOf(metric),
	getPages: optionsOf(page),
	getViewerGroups: optionsOf(viewerGroup),
};
