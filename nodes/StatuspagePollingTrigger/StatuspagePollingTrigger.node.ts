import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { listSearch } from '../services/statuspage/objects/listSearch';
import { loadOptions } from '../services/statuspage/objects/loadOptions';
import { pollMode } from './modes/pollMode';
import { properties } from './modes';

export class StatuspagePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Statuspage Polling Trigger',
		name: 'statuspagePollingTrigger',
		icon: { light: 'file:../../icons/statuspage.svg', dark: 'file:../../icons/statuspage.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["mode"] === "access" ? "Access" : "Public Pages"}}',
		description: 'Starts the workflow when access to Atlassian Statuspage or a public status page changes',
		defaults: { name: 'Statuspage Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'statuspageApi', required: true, displayOptions: { show: { mode: ['access'] } } }],
		properties,
	};

	methods = { listSearch, loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollMode(this);
	}
}
