import type { Job, JobPlan, Site } from '../job.mts';
import { mainPage } from '../service.mts';
import { unlimited } from '../settings.mts';
import { statuspage, workflow } from '../workflows.mts';
import { itemsOf } from './executions.mts';

/** An access report on a very large page, including own components: one request per viewer. Measures the node's own work. */
async function reportJob({ stateOf }: Site, name: string, viewers: number): Promise<Job> {
	const ours = statuspage(unlimited.credential, {
		resource: 'access',
		operation: 'getReport',
		output: 'html',
		options: { pageIds: [mainPage(await stateOf(100)).row.id], teamMembers: false },
	});
	return {
		name,
		asked: 1,
		simulator: { ...unlimited.simulator, viewers },
		window: unlimited.window,
		statuspage: [workflow(`${name}-statuspage`, [{}], ours)],
		isMonitored: true,
		limit: [],
		tally: (_, __, [execution]) => ({ done: itemsOf(execution).length, harmed: 0 }),
	};
}

const report = (name: string, viewers: number): JobPlan => ({
	name,
	isSlow: true,
	prepare: async (site) => await reportJob(site, name, viewers),
});

export const reportJobs: JobPlan[] = [report('report-15000', 15_000), report('report-30000', 30_000)];
