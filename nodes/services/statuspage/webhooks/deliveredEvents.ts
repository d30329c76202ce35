import type { IDataObject } from 'n8n-workflow';
import { withLocks } from '../../../shared/client/locks';
import { Cancelled, Failure, asError, unlessMissing } from '../../../shared/http/failures';
import { COMPONENT_EVENT } from '../events/eventNames';
import { componentEventOutput, incidentEventOutput, type ComponentChange } from '../events/eventOutput';
import type { IncidentEvent } from '../events/incidentEvents';
import { incidentReading, type IncidentReading } from '../events/incidentReading';
import type { StatuspageApi } from '../statuspageApi';
import type { DeliveredChange, Delivery } from './delivery';
import { letsComponent, type EventFilter } from './eventFilter';
import type { WatchedPage } from './watchedPage';

/** How a workflow treats a post. */
export interface DeliveryRules {
	/** The chosen events. */
	events: readonly string[];
	filter: EventFilter;
	/** `startUnverified` starts the workflow with the post itself if it can't be read back in time. */
	whenUnverified: 'retry' | 'startUnverified';
}

export interface DeliveryContext {
	/** Undefined if posts are not verified. It gives up after some seconds. */
	api: StatuspageApi | undefined;
	/** Ends waits and requests when the time for an answer is over. */
	signal: AbortSignal;
	page: WatchedPage;
	/** Names the workflow. */
	endpoint: string;
	rules: DeliveryRules;
}

/** The output of a post, or why it could not be verified. Statuspage should then send it again. */
export type DeliveryResult = { outputs: IDataObject[] } | { notVerified: string };

type Known = Exclude<Delivery, { kind: 'ignored' }>;

/** True if nothing is known about the post now. Later, it may be read. */
function isUnavailable(error: unknown): error is Failure | Cancelled {
	return error instanceof Failure || error instanceof Cancelled;
}

function incidentOutputs(
	{ page, rules }: DeliveryContext,
	reading: IncidentReading,
	events: IncidentEvent[],
	isVerified: boolean,
): IDataObject[] {
	return events
		.filter(({ event }) => rules.events.includes(event))
		.map((event) => ({ ...incidentEventOutput(page.page, reading, event), isVerified }));
}

function componentOutputs(
	{ page, rules }: DeliveryContext,
	change: ComponentChange | undefined,
	isVerified: boolean,
): IDataObject[] {
	if (!change || !rules.events.includes(COMPONENT_EVENT) || !letsComponent(rules.filter, change)) return [];
	return [{ ...componentEventOutput(page.page, change), isVerified }];
}

/** The events, as far as the post itself shows them. */
function unverified(context: DeliveryContext, delivery: Known): IDataObject[] {
	const { page, rules } = context;
	if (delivery.kind === 'component') return componentOutputs(context, page.unverifiedComponent(delivery.change), false);
	const { incident } = delivery;
	return incidentOutputs(context, incident, page.incident(incident, rules.filter, false), false);
}

async function verifiedIncident(
	context: DeliveryContext,
	api: StatuspageApi,
	incidentId: string,
): Promise<IDataObject[]> {
	const { page, rules } = context;
	const row = await unlessMissing(api.call('getIncident', { pageId: page.page.id, incidentId }));
	if (!row) return [];
	const reading = incidentReading(row);
	return incidentOutputs(context, reading, page.incident(reading, rules.filter, true), true);
}

async function verifiedChange(
	context: DeliveryContext,
	api: StatuspageApi,
	change: DeliveredChange,
): Promise<IDataObject[]> {
	const { page } = context;
	if (page.knowsUpdate(change.id)) return [];
	const { componentId } = change;
	const row = await unlessMissing(api.call('getComponent', { pageId: page.page.id, componentId }));
	return row ? componentOutputs(context, page.component(change, row), true) : [];
}

/** Posts that can lead to no chosen event are not read back. */
function isWanted({ rules }: DeliveryContext, { kind }: Known): boolean {
	return rules.events.some((event) => (event === COMPONENT_EVENT) === (kind === 'component'));
}

/**
 * The chosen events that a post leads to, in their order, as output. Each event is returned once, however often and in which order posts
 * arrive. By default, the post only says what to read. What was read is compared with what is known.
 *
 * @throws never a Failure or Cancelled
 */
export async function deliveredEvents(context: DeliveryContext, delivery: Known): Promise<DeliveryResult> {
	const { api, signal, endpoint, rules } = context;
	if (!isWanted(context, delivery)) return { outputs: [] };
	if (!api) return { outputs: unverified(context, delivery) };
	const id = delivery.kind === 'incident' ? delivery.incident.id : delivery.change.componentId;
	try {
		// Two posts about one object at the same time: the second one reads after the first one was compared.
		const outputs = await withLocks({ exclusive: [`${endpoint} ${delivery.kind} ${id}`] }, signal, async () =>
			delivery.kind === 'incident'
				? await verifiedIncident(context, api, id)
				: await verifiedChange(context, api, delivery.change),
		);
		return { outputs };
	} catch (error) {
		if (!isUnavailable(error)) throw asError(error);
		if (rules.whenUnverified === 'startUnverified') return { outputs: unverified(context, delivery) };
		return { notVerified: error.message };
	}
}
