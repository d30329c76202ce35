import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { properties, run } from './actions';
import * as listSearch from './methods/listSearch';

export class AtlassianScim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Atlassian SCIM',
		name: 'atlassianScim',
		icon: { light: 'file:../../icons/atlassianScim.svg', dark: 'file:../../icons/atlassianScim.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Manage users and groups of an Atlassian Guard directory',
		defaults: { name: 'Atlassian SCIM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'atlassianScimApi', required: true }],
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this);
	}
}
