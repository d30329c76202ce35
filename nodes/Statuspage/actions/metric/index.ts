import type { StatuspageResource } from '../statuspageOperation';
import { addData } from './addData.operation';
import { create } from './create.operation';
import { deleteMetric } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { resetData } from './resetData.operation';
import { update } from './update.operation';

export const metric: StatuspageResource = {
	value: 'metric',
	name: 'Metric',
	description: 'A chart on the page, e.g. of response times, and its data',
	operations: [addData, create, deleteMetric, get, getMany, resetData, update],
};
