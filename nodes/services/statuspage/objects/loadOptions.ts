import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { RowOf } from '../client';
import type { ListName } from '../endpoints';
import { component } from './component';
import { componentGroup } from './componentGroup';
import { labelsOf } from './labels';
import { metric } from './metric';
import type { ObjectKind } from './objectKind';
import { page } from './page';
import { withPicker, type Picker } from './picker';
import { viewerGroup } from './viewerGroup';

type Load = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}

/** The dropdown of a kind of object; `detail` tells two of one name apart, where the row alone does not. */
function optionsOf<Name extends ListName>(kind: ObjectKind<Name>, detail?: (all: Array<RowOf<Name>>) => (row: RowOf<Name>) => string | null | undefined): Load {
	const { list, placedIn, keep = () => true } = kind.row;
	return async function (this: ILoadOptionsFunctions) {
		return await withPicker(this, async (picker: Picker) => {
			const all = await picker.list(list, await picker.placeFor(placedIn));
			const rows = all.filter(keep);
			const labels = labelsOf(kind, rows, detail?.(all));
			return rows.map((row, index) => ({ name: labels[index], value: row.id })).sort(byName);
		});
	};
}

/** The methods behind dropdowns; fields name them. */
export const loadOptions = {
	getComponentGroups: optionsOf(componentGroup),
	getComponents: optionsOf(component, (all) => {
		const names = new Map(all.map(({ id, name }) => [id, name]));
		return ({ group_id }) => group_id && names.get(group_id);
	}),
	getMetrics: optionsOf(metric),
	getPages: optionsOf(page),
	getViewerGroups: optionsOf(viewerGroup),
};
