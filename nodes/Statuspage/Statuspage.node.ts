import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { properties, runStatuspage } from './actions';
import { listSearch } from '../services/statuspage/objects/listSearch';
import { loadOptions } from '../services/statuspage/objects/loadOptions';

export class Statuspage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Statuspage',
		name: 'statuspage',
		icon: { light: 'file:../../icons/statuspage.svg', dark: 'file:../../icons/statuspage.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Manage incidents, subscribers, components, metrics and access on Atlassian Statuspage',
		defaults: { name: 'Statuspage' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'statuspageApi', required: true, displayOptions: { hide: { resource: ['publicPage'] } } }],
		properties,
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runStatuspage(this);
	}
}
