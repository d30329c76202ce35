import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { MOST_IN_FEED } from '../../services/statuspage/publicApi/feeds';
import { publicConnection, type PublicConnection } from '../../services/statuspage/publicApi/publicConnection';
import { pageSamples } from '../../services/statuspage/pageWatch/pageSamples';
import { readWatchedPage } from '../../services/statuspage/pageWatch/readWatchedPage';
import { watchPages, type PageResult, type WatchState } from '../../services/statuspage/pageWatch/watchPages';
import { mapConcurrently } from '../../shared/http/concurrently';
import { pollTimeLimits } from '../../shared/http/timeLimits';
import type { Values } from '../../shared/operations/values';
import { publicPagesSettings, type PublicPagesSettings } from './publicPagesSettings';

/** Pages that are read at the same time, so a few slow ones do not delay the others. */
const PAGES_AT_A_TIME = 25;

/** The key in n8n's static data of the node. */
const STATE = 'publicPages';

/** Nodes with a running poll. n8n starts the next poll also if the last one has not ended. */
const running = new Set<string>();

async function readPages(
	connection: PublicConnection,
	{ pages, events, withRows }: PublicPagesSettings,
): Promise<PageResult[]> {
	return await mapConcurrently(
		pages,
		{ concurrency: PAGES_AT_A_TIME, clock: connection.clock },
		async ({ entered, address }) => ({
			entered,
			url: address.url,
			...(await readWatchedPage(connection, { address, events, withRows, limitMs: connection.timeoutMs })),
		}),
	);
}

/** One production poll. The state changes at its end only, together with the events that it returns. */
async function pollOnce(context: IPollFunctions, connection: PublicConnection, settings: PublicPagesSettings) {
	const results = await readPages(connection, settings);
	const data = context.getWorkflowStaticData('node');
	const now = new Date(connection.clock.calendar()).toISOString();
	const { events, next, mayHaveMissed } = watchPages(data[STATE] as WatchState | undefined, results, {
		...settings,
		now,
	});
	// As JSON, the state is the same before and after n8n saves it.
	data[STATE] = JSON.parse(JSON.stringify(next)) as IDataObject;
	for (const entered of mayHaveMissed)
		context.logger.warn(
			`${context.getNode().name}: ${entered} has only incidents that were unknown. A page shows the newest ${MOST_IN_FEED}, so some may have been missed. Poll more often.`,
		);
	return events;
}

/**
 * One poll of the mode Public Pages. Pages that cannot be read do not stop the others. A poll that starts while another one of the same
 * node runs has no events.
 */
export async function pollPublicPages(
	context: IPollFunctions,
	values: Values,
): Promise<INodeExecutionData[] | undefined> {
	const settings = publicPagesSettings(values);
	const limitMs = Math.min(settings.timeoutMs, pollTimeLimits(context).timeoutMs);
	const connection = publicConnection(context, { timeoutMs: limitMs, waitBudgetMs: limitMs });
	const toItems = (events: IDataObject[]) => events.map((json) => ({ json }));
	if (context.getMode() === 'manual') return toItems(pageSamples(await readPages(connection, settings), settings));
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	if (running.has(key)) return undefined;
	running.add(key);
	try {
		return toItems(await pollOnce(context, connection, settings));
	} finally {
		running.delete(key);
	}
}
