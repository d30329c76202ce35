import type { StatuspageResource } from '../statuspageOperation';
import { checkAudience } from './checkAudience.operation';
import { get } from './get.operation';
import { getEmbedConfig } from './getEmbedConfig.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';
import { updateEmbedConfig } from './updateEmbedConfig.operation';

export const page: StatuspageResource = {
	value: 'page',
	name: 'Page',
	description: 'A status page',
	operations: [checkAudience, get, getEmbedConfig, getMany, update, updateEmbedConfig],
};
