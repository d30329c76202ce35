import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { accessItem } from '../../services/statuspage/accessWatch/accessItems';
import { accessRound } from '../../services/statuspage/accessWatch/accessRound';
import { knownRows, readState, type AccessState } from '../../services/statuspage/accessWatch/accessState';
import { accessWatch, type AccessWatch } from '../../services/statuspage/accessWatch/accessWatches';
import { keyExpiry } from '../../services/statuspage/accessWatch/keyExpiry';
import { intervalWarning, shortestInterval } from '../../services/statuspage/accessWatch/passCost';
import { PassRoom } from '../../services/statuspage/accessWatch/passRoom';
import { pollInterval } from '../../services/statuspage/accessWatch/pollInterval';
import { pollTimeLimits } from '../../shared/http/timeLimits';
import type { Values } from '../../shared/operations/values';
import { accessSettings, type AccessSettings } from './accessSettings';
import { sampleItems } from './sampleItems';

const MS_PER_MINUTE = 60_000;
/** The interval of polls that is assumed for 'Poll Times' that are not understood, in minutes. */
const SHORTEST_INTERVAL = 1;
/** n8n abandons longer polls if its budget is under this time. Otherwise it waits for them. */
const STRICT_BUDGET_MS = MS_PER_MINUTE;
/** The longest poll that sets a baseline, because n8n saves its result only if it ends during publishing. */
const LONGEST_BASELINE_MS = 15 * MS_PER_MINUTE;

/** The key in n8n's static data of the node. */
const STATE = 'access';

/** Milliseconds from its start in which a poll may send requests. */
function timeFor(context: IPollFunctions, isBaseline: boolean): number {
	const { timeoutMs: budgetMs } = pollTimeLimits(context);
	const isPublishing = ['activate', 'update'].includes(context.getActivationMode());
	if (isBaseline && isPublishing && budgetMs >= STRICT_BUDGET_MS) return LONGEST_BASELINE_MS;
	const intervalMs = (intervalOf(context) ?? SHORTEST_INTERVAL) * MS_PER_MINUTE;
	return Math.min(intervalMs, budgetMs) / 2;
}

function intervalOf(context: IPollFunctions): number | undefined {
	return pollInterval(context.getNodeParameter('pollTimes', {}));
}

/** Writes a warning to the log, once per change. */
function warnOnce(context: IPollFunctions, { sources, api }: AccessSettings, watch: AccessWatch): void {
	const costs = sources.map((source) => watch.requestsOf[source]);
	if (costs.some((cost) => cost === undefined)) return;
	const requests = costs.reduce((sum: number, cost) => sum + (cost ?? 0), 0);
	const warning = intervalWarning(shortestInterval(requests, api.connection.window), intervalOf(context));
	if (warning && warning !== watch.warning) context.logger.warn(`${context.getNode().name}: ${warning}`);
	watch.warning = warning;
}

/** One production poll. It changes the state only at its end, together with the events that it returns. */
async function pollOnce(context: IPollFunctions, settings: AccessSettings, watch: AccessWatch): Promise<IDataObject[]> {
	const { api, kinds, sources, daysBefore } = settings;
	const { clock, window } = api.connection;
	const began = clock.now();
	const data = context.getWorkflowStaticData('node');
	const stored = readState(data[STATE]);
	// n8n may not have saved changes without events. They continue the saved state, unless another process went on from there.
	const start = watch.unsaved?.version === stored.version ? watch.unsaved.state : stored;
	const { reader, place, about } = await settings.connect();
	const expiresOn = kinds.includes('keyExpires') ? api.connection.expiresOn : undefined;
	const expiry = keyExpiry(start, expiresOn, daysBefore, clock.calendar());
	const isBaseline = sources.some((source) => !knownRows(start.sources[source], about(source)));
	const { events, state, failure } = await accessRound(
		{
			watch,
			reader,
			room: new PassRoom(window, clock),
			clock,
			kinds,
			sources,
			about,
			hasEvents: expiry.event !== undefined,
			endsAt: began + timeFor(context, isBaseline),
		},
		expiry.state,
	);
	if (failure) context.logger.warn(`${context.getNode().name}: ${failure.message}`);
	warnOnce(context, settings, watch);
	const names = groupNames(state, about('viewerGroups'));
	const items = [
		...events.map((event) => accessItem(event, place, names)),
		...(expiry.event ? [{ event: 'keyExpires', ...expiry.event }] : []),
	];
	if (state.version !== stored.version) data[STATE] = state as unknown as IDataObject;
	// With events, n8n saves the state. If it gives up on this poll instead, the next one finds the same events again.
	if (items.length === 0) watch.unsaved = { version: stored.version, state };
	return items;
}

/** Names of viewer groups by ID, if viewer groups are watched. */
function groupNames({ sources }: AccessState, about: string): Map<string, string> {
	const rows = knownRows(sources.viewerGroups, about) ?? new Map<string, { text: string }>();
	return new Map([...rows].map(([id, { text }]) => [id, text]));
}

/** One poll of the mode Access. A poll that starts while another one of the same node runs has no events. */
export async function pollAccess(context: IPollFunctions, values: Values): Promise<INodeExecutionData[] | undefined> {
	const settings = await accessSettings(context, values);
	if (context.getMode() === 'manual')
		return (await sampleItems(settings, intervalOf(context))).map((json) => ({ json }));
	const watch = accessWatch(`${context.getWorkflow().id ?? ''} ${context.getNode().id}`, settings.digest);
	if (watch.isRunning) return undefined;
	watch.isRunning = true;
	try {
		return (await pollOnce(context, settings, watch)).map((json) => ({ json }));
	} finally {
		watch.isRunning = false;
	}
}
