/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { applyChanges } from '../../nodes/services/statuspage/plans/apply/applyChanges';
import type { Change } from '../../nodes/services/statuspage/plans/change';
import { directApi } from './direct';

/** Applies the plan on standard input in a process of its own, so that a test can end the process in the middle. */
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
