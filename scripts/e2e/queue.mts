import type { Host } from '../host/install.mts';
import { elapsed, say } from '../host/screen.mts';
import { choicesIn } from '../start/job.mts';
import { simulated } from '../start/simulated.mts';
import type { Check } from './check.mts';
import { checkKills } from './queueKill.mts';
import { startQueueMode } from './queueMode.mts';
import { checkSharing } from './queueSharing.mts';
import { queueWorkflows } from './queueWorkflows.mts';

const WINDOW_SECONDS = 6;

/** The nodes on several workers with one key. */
export async function checkQueue(host: Host): Promise<Check[]> {
	const since = performance.now();
	// Some team members have no permissions, and the delay lets the workers overlap.
	const simulator = await simulated({ viewers: 800, members: 1500, latency: 150, windowSeconds: WINDOW_SECONDS });
	const state = await simulator.state();
	const credential = { id: 'simulator', name: 'Statuspage (simulator)' };
	const { page } = choicesIn(state, { credential });
	const groupIds = Object.values(state.pages[page.id]?.groups ?? {})
		.filter(({ external_identifier }) => external_identifier === null)
		.slice(0, 2)
		.map(({ id }) => id);
	const workflows = queueWorkflows({ credential, pageId: page.id });
	const queueMode = await startQueueMode(host, async (n8n) => {
		await n8n.importCredential({
			...credential,
			type: 'statuspageApi',
			data: {
				apiKey: 'simulator-key',
				organizationId: state.organizationId,
				baseUrl: simulator.url,
				requestsPerMinute: 60,
				readOnly: false,
				isShared: true,
				rateWindowSeconds: WINDOW_SECONDS,
			},
		});
		await n8n.importWorkflows(workflows);
		for (const { id } of workflows) await n8n.publish(id);
	});
	const place = { pageId: page.id, groupIds };
	const checks = [
		...(await checkSharing(queueMode, simulator, place)),
		...(await checkKills(queueMode, simulator, place)),
	];
	await simulator.stop();
	say(`All this took ${elapsed(since)}.`);
	return checks;
}
