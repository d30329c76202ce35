import type { StatuspageResource } from '../statuspageOperation';
import { applyPlan } from './applyPlan.operation';
import { getReport } from './getReport.operation';
import { planOffboarding } from './planOffboarding.operation';
import { planSync } from './planSync.operation';

export const access: StatuspageResource = {
	value: 'access',
	name: 'Access',
	description: 'Access plans for sync and offboarding, and access reports',
	operations: [applyPlan, getReport, planOffboarding, planSync],
};
