import { cacheViewers } from '../../services/statuspage/viewers';
import { viewer } from '../../services/statuspage/objects/viewer';
import { Breather } from '../../shared/http/breather';
import { Cancelled, asError } from '../../shared/http/failures';
import type { StatuspageInput } from './statuspageInput';
import type { StatuspageOperation } from './statuspageOperation';
import { emailOfViewer } from './itemViewer';

/** Reads the email of an item's viewer, for operations that look up a viewer by email. */
function emailIn({
	viewerEmail,
	fields,
}: StatuspageOperation): ((input: StatuspageInput) => string | undefined) | undefined {
	return viewerEmail ?? (fields.some(({ name }) => name === viewer.row.parameter) ? emailOfViewer : undefined);
}

/** Looks up the viewers of all items at once. Errors are ignored here, because they occur again when the item runs. */
export async function prefetchViewers(operation: StatuspageOperation, inputs: StatuspageInput[]): Promise<void> {
	const emailOf = emailIn(operation);
	if (!emailOf) return;
	const breather = new Breather(inputs[0].api.connection.clock);
	const byPage = new Map<string, Set<string>>();
	for (const input of inputs) {
		await breather.breathe();
		await unlessCancelled(async () => {
			const email = emailOf(input);
			if (email === undefined) return;
			const page = await input.pageId();
			byPage.set(page, (byPage.get(page) ?? new Set()).add(email));
		});
	}
	for (const [page, emails] of byPage) {
		if (emails.size > 1) await unlessCancelled(async () => await cacheViewers(inputs[0].api, page, [...emails]));
	}
}

async function unlessCancelled(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
	}
}
