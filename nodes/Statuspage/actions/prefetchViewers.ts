import { cacheViewers } from '../../services/statuspage/viewers';
import { viewer } from '../../services/statuspage/objects/viewer';
import { Cancelled, asError } from '../../shared/http/failures';
import type { StatuspageInput } from './statuspageInput';
import type { StatuspageOperation } from './statuspageOperation';
import { emailOfViewer } from './itemViewer';

/** How an operation's items name their viewer by email, if they can. */
function emailIn({
	viewerEmail,
	fields,
}: StatuspageOperation): ((input: StatuspageInput) => string | undefined) | undefined {
	return viewerEmail ?? (fields.some(({ name }) => name === viewer.row.parameter) ? emailOfViewer : undefined);
}

/** Looks the viewers of all items up at once where that is cheaper. What goes wrong here shows again on the item that it belongs to. */
export async function prefetchViewers(operation: StatuspageOperation, inputs: StatuspageInput[]): Promise<void> {
	const emailOf = emailIn(operation);
	if (!emailOf) return;
	const byPage = new Map<string, Set<string>>();
	for (const input of inputs) {
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
