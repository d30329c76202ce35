import type { INodeProperties } from 'n8n-workflow';
import { parameterName } from '../../api/parameterNames';

/** A field for a few objects: picks, or an array or text with commas from an expression. */
export function pickListField(name: string, loadOptionsMethod: string, extra: Partial<INodeProperties> = {}): INodeProperties {
	return {
		displayName: parameterName(name),
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['pageId.value'] },
		default: [],
		description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		...extra,
	};
}

export const viewerGroupsField = pickListField('viewerGroupIds', 'getViewerGroups');
export const componentsField = pickListField('componentIds', 'getComponents');
export const metricsField = pickListField('metricIds', 'getMetrics');
