import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deleteMetricProvider } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

export const metricProvider: StatuspageResource = {
	value: 'metricProvider',
	name: 'Metric Provider',
	description: 'The source of the data of metrics: your own data (Self), or a service such as Datadog',
	operations: [create, deleteMetricProvider, get, getMany, update],
};
