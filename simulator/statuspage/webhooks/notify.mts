import type { Options } from '../../options.mts';
import type { Incident, Page, State, Subscriber } from '../state.mts';
import type { Deliveries } from './deliveries.mts';
import { isLoopback } from './deliveries.mts';
import { componentPayload, incidentPayload, type StatusChange } from './payloads.mts';

interface Sender {
	options: Options;
	state: State;
	deliveries: Deliveries;
}

/** What a request may change and webhooks tell about. */
interface Before {
	statuses: Map<string, unknown>;
	/** By ID of the incident: the ID of its newest update, and the times of all of them. */
	updates: Map<string, { newest: string | undefined; edits: string }>;
}

const editsOf = ({ updates }: Incident) => updates.map(({ id, updated_at }) => `${id} ${String(updated_at)}`).join();

function snapshot(page: Page): Before {
	return {
		statuses: new Map([...page.components.values()].map(({ id, status }) => [id, status])),
		updates: new Map(
			[...page.incidents.values()].map((incident) => [
				incident.row.id,
				{ newest: incident.updates[0]?.id, edits: editsOf(incident) },
			]),
		),
	};
}

/** Subscribers that get posts now: active webhooks of this machine. A page that doesn't allow webhooks sends none. */
function receivers(page: Page, { webhookDelivery }: Options): Subscriber[] {
	if (webhookDelivery === 'off' || page.row.allow_webhook_subscribers === false) return [];
	return [...page.subscribers.values()].filter(
		({ row, state }) => row.mode === 'webhook' && state === 'active' && isLoopback(row.endpoint),
	);
}

/** A subscriber of some components only gets posts about these. */
function concerns({ row }: Subscriber, componentIds: Iterable<string>): boolean {
	const { components } = row as { components?: string[] };
	return !components || [...componentIds].some((id) => components.includes(id));
}

/** True if the incident has a new update that notifies, or an edited one where edits are sent. */
function isNews(incident: Incident, before: Before, { webhookOnEdit }: Options): boolean {
	const known = before.updates.get(incident.row.id);
	const [newest] = incident.updates;
	if (newest && newest.id !== known?.newest) return newest.deliver_notifications !== false;
	return webhookOnEdit === 'sent' && known !== undefined && known.edits !== editsOf(incident);
}

/** Runs a request on a page, and sends what it changed to the webhook subscribers: incidents first, then components. */
export function notifying<T>(page: Page, { options, state, deliveries }: Sender, work: () => T): T {
	if (receivers(page, options).length === 0) return work();
	const before = snapshot(page);
	const result = work();
	const shape = options.webhookShape;
	for (const subscriber of receivers(page, options)) {
		const subscriberId = subscriber.row.id;
		for (const incident of page.incidents.values()) {
			if (!isNews(incident, before, options) || !concerns(subscriber, incident.componentIds)) continue;
			const body = incidentPayload(page, incident, { subscriberId, at: state.now(), shape });
			deliveries.send(subscriber, body, state.now);
		}
	}
	const changes = [...page.components.values()].flatMap(({ id: componentId, status: newStatus }): StatusChange[] => {
		const oldStatus = before.statuses.get(componentId);
		if (oldStatus === undefined || oldStatus === newStatus) return [];
		return [{ id: state.newId(), componentId, oldStatus, newStatus, at: state.now() }];
	});
	for (const change of changes)
		for (const subscriber of receivers(page, options))
			if (concerns(subscriber, [change.componentId]))
				deliveries.send(
					subscriber,
					componentPayload(page, change, { subscriberId: subscriber.row.id, shape }),
					state.now,
				);
	return result;
}
