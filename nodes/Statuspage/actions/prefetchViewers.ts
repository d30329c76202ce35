import { cacheViewers, expectEmails } from '../../services/statuspage/viewerCache';
import { viewer } from '../../services/statuspage/objects/viewer';
import { emailKey } from '../../shared/client/matching';
import { Breather } from '../../shared/http/breather';
import { mapConcurrently } from '../../shared/http/concurrently';
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
	// An operation with an email of its own creates the viewer if it is missing.
	const absenceNeedsList = operation.viewerEmail === undefined;
	const [{ api }] = inputs;
	const { clock } = api.connection;
	const breather = new Breather(clock);
	const byPage = new Map<string, Set<string>>();
	for (const input of inputs) {
		await breather.breathe();
		await unlessCancelled(async () => {
			const email = emailOf(input);
			if (email === undefined) return;
			const page = await input.pageId();
			const emails = byPage.get(page) ?? new Set();
			byPage.set(page, emails.add(emailKey(email)));
			expectEmails(api, page, [email]);
		});
	}
	const pages = [...byPage].filter(([, emails]) => emails.size > 1);
	await mapConcurrently(pages, { concurrency: api.reads.max, clock }, async ([page, emails]) => {
		await unlessCancelled(async () => await cacheViewers(api, page, [...emails], { absenceNeedsList }));
	});
}

async function unlessCancelled(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
	}
}
