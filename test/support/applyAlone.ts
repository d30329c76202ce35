/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { applyChanges } from '../../nodes/services/statuspage/plans/apply/applyChanges';
import type { Change } from '../../nodes/services/statuspage/plans/change';
import { directApi } from './direct';

/** Reads a plan from standard input and applies it in its own process, so a test can kill it while it runs. */
async function main(): Promise<void> {
	let text = '';
	for await (const chunk of process.stdin) text += String(chunk);
	await applyChanges(directApi(process.argv[2]), JSON.parse(text) as Change[], {
		organizationId: '',
		capPercent: 100,
		concurrency: 5,
	});
}

void main();
