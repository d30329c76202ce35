import type { JobPlan } from './job.mts';
import { createJobs } from './jobs/createJobs.mts';
import { groupJobs } from './jobs/groupJobs.mts';
import { listJobs } from './jobs/listJobs.mts';
import { lookUpJobs } from './jobs/lookUpJobs.mts';
import { outageJobs } from './jobs/outageJobs.mts';
import { permissionJobs } from './jobs/permissionJobs.mts';
import { planJobs } from './jobs/planJobs.mts';
import { reportJobs } from './jobs/reportJobs.mts';
import { roundJobs } from './jobs/roundJobs.mts';
import { upsertJobs } from './jobs/upsertJobs.mts';

/** All jobs, in the order of the table. */
export const jobs: JobPlan[] = [
	...listJobs,
	...createJobs,
	...upsertJobs,
	...groupJobs,
	...lookUpJobs,
	...permissionJobs,
	...roundJobs,
	...outageJobs,
	...planJobs,
	...reportJobs,
];
