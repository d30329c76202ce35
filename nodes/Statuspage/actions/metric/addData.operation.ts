import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { batched } from '../../../shared/operations/batched';
import type { StatuspageOperation } from '../statuspageOperation';
import { addDataToMetrics } from './addDataToMetrics';

const value: Field = {
	displayName: 'Value',
	name: 'value',
	type: 'number',
	default: 0,
	required: true,
	description: 'Value of the data point. Statuspage stores it as it is.',
};

const time: Field = {
	displayName: 'Time',
	name: 'timestamp',
	type: 'string',
	accepts: 'timestamp',
	default: '',
	placeholder: 'e.g. 2026-01-31T09:30:00Z',
	description:
		'Time of the data point, as an ISO date and time, Unix seconds or milliseconds. At most 28 days ago. Defaults to now.',
};

export const addData: StatuspageOperation = {
	value: 'addData',
	name: 'Add Data',
	action: 'Add data to metric',
	description: 'Add a data point to a metric of a Self provider, with up to 100 items per request',
	effects:
		"Add a data point at least every 5 minutes, because a longer gap is visible in the chart. Statuspage stores a data point at the nearest 30 seconds. If there are several, only the last one is kept. Data points older than 28 days are rejected. A single data point can't be deleted: 'Reset Data' deletes all data of a metric. No notification is sent.",
	isReadOnly: false,
	uses: ['addMetricData', 'addDataOfMetrics'],
	fields: [page.locator, metric.locator, value, time, optionsField()],
	...batched(addDataToMetrics),
};
