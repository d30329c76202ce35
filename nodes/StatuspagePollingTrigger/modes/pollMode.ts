import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { Failure } from '../../shared/http/failures';
import { toNodeError } from '../../shared/http/nodeError';
import { triggerValues } from '../../shared/operations/triggerValues';
import { modes } from './index';
import type { PollingMode } from './pollingMode';

/** A mode that is chosen again later begins anew. Otherwise it would report everything since it was chosen the last time. */
function forgetOtherModes(context: IPollFunctions, { value: chosen }: PollingMode): void {
	const data = context.getWorkflowStaticData('node');
	for (const { value } of modes) if (value !== chosen && value in data) delete data[value];
}

/** Runs one poll of the chosen mode. Null if there are no events. */
export async function pollMode(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const chosen = context.getNodeParameter('mode');
		const mode = modes.find(({ value }) => value === chosen);
		if (!mode)
			throw new Failure({
				kind: 'invalid',
				message: `This version of the node has no mode "${String(chosen)}"`,
				advice: 'Choose another mode, or update the package n8n-nodes-statuspage',
			});
		forgetOtherModes(context, mode);
		const items = await mode.poll(context, triggerValues(context, mode.fields));
		return items === undefined || items.length === 0 ? null : [items];
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
