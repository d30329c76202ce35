import type { IDataObject } from 'n8n-workflow';
import { metricProvider } from '../../../services/statuspage/objects/metricProvider';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { Failure, asError } from '../../../shared/http/failures';
import { deleted } from '../../../shared/operations/deletion';
import { METRIC_FIELDS } from '../metric/metricFields';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { withoutSecrets } from './metricProviderFields';

/** Which metrics of the deleted provider still exist. The deletion is done, so a failed read is only a note. */
async function metricsAfter(input: StatuspageInput, pageId: string, metricIds: string[]): Promise<IDataObject> {
	if (metricIds.length === 0) return { deletedMetricIds: [], keptMetricIds: [] };
	try {
		const existing = new Set((await input.api.list('listMetrics', { pageId })).map(({ id }) => id));
		return {
			deletedMetricIds: metricIds.filter((id) => !existing.has(id)),
			keptMetricIds: metricIds.filter((id) => existing.has(id)),
		};
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		return { note: `It could not be checked whether its ${metricIds.length} metrics still exist: ${error.message}` };
	}
}

export const deleteMetricProvider: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete metric provider',
	description: 'Delete a metric provider permanently',
	effects:
		"This can't be undone, and its keys are lost. Statuspage doesn't document whether the metrics of the provider are deleted with it. The output names the metrics that were deleted and those that were kept. No notification is sent.",
	warning: 'Deletes the metric provider permanently. Statuspage may delete its metrics and their data with it.',
	isReadOnly: false,
	uses: ['deleteMetricProvider', 'listMetricsOfProvider', 'listMetrics', 'getPage'],
	fields: [page.locator, metricProvider.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const pageId = await input.pageId();
		const metricsOf = async (metricProviderId: string) =>
			await api.list('listMetricsOfProvider', { pageId, metricProviderId });
		let metricIds: string[] = [];
		const result = await deleted(input, {
			noun: 'metric provider',
			find: async () => await input.idOf(metricProvider, { pageId }),
			read: async (metricProviderId) => ({
				row: await api.call('getMetricProvider', { pageId, metricProviderId }),
				metrics: await metricsOf(metricProviderId),
			}),
			remove: async (metricProviderId) => {
				const metrics = await metricsOf(metricProviderId);
				metricIds = metrics.map(({ id }) => id);
				const row = await api.remove('deleteMetricProvider', { pageId, metricProviderId });
				return row && { row, metrics };
			},
			shown: ({ row, metrics }) => ({
				...withoutSecrets(row),
				metrics: metrics.map((entry) => onlyFields(entry, METRIC_FIELDS)),
			}),
			place: { pageId },
		});
		return result.deleted === true ? { ...result, ...(await metricsAfter(input, pageId, metricIds)) } : result;
	},
};
