import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { ListName } from '../api/endpoints';
import { isComponent } from '../api/lookUps';
import type { Component, Row } from '../api/rows';
import { withPicker } from './picker';

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}

function optionsOf(rows: Row[]): INodePropertyOptions[] {
	return rows.map((row) => ({ name: String(row.name ?? row.id), value: row.id })).sort(byName);
}

async function onPage<R extends Row>(context: ILoadOptionsFunctions, list: ListName, keep: (row: R) => boolean = () => true): Promise<INodePropertyOptions[]> {
	return await withPicker(context, async (picker) => {
		const rows = await picker.list<R>(list, { pageId: await picker.pageId() });
		return optionsOf(rows.filter(keep));
	});
}

export async function getPages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withPicker(this, async (picker) => optionsOf(await picker.list('listPages', {})));
}

export async function getViewerGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await onPage(this, 'listViewerGroups');
}

export async function getComponents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await onPage<Component>(this, 'listComponents', isComponent);
}

export async function getComponentGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await onPage(this, 'listComponentGroups');
}

export async function getMetrics(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await onPage(this, 'listMetrics');
}
