import type { IncidentEventName } from './eventNames';
import type { IncidentReading, IncidentUpdate } from './incidentReading';

/** The phases of an incident are `open` and `ended`. A maintenance is `scheduled` first. */
type Phase = 'scheduled' | 'open' | 'ended';

const ORDER: readonly Phase[] = ['scheduled', 'open', 'ended'];

/** What is known of an incident from earlier readings. It is plain JSON, and small. */
export interface KnownIncident {
	/** IDs of the updates. */
	updates: string[];
	phase: Phase;
	status: string;
}

export interface IncidentEvent {
	event: IncidentEventName;
	/** The update that caused the event; undefined if the incident changed without one. */
	update: IncidentUpdate | undefined;
	/** Null for a new incident. */
	oldStatus: string | null;
	newStatus: string;
}

const ENDED = ['resolved', 'completed', 'postmortem'];

/** An unknown status is open, because a status that ends an incident would be missed silently otherwise. */
function phaseOf(status: string, isMaintenance: boolean): Phase {
	if (ENDED.includes(status)) return 'ended';
	return isMaintenance && status === 'scheduled' ? 'scheduled' : 'open';
}

function eventName(isMaintenance: boolean, from: Phase | undefined, to: Phase): IncidentEventName {
	if (from === undefined) return isMaintenance ? 'maintenanceScheduled' : 'incidentCreated';
	if (to === 'ended' && from !== 'ended') return isMaintenance ? 'maintenanceCompleted' : 'incidentResolved';
	if (isMaintenance) return to === 'open' && from === 'scheduled' ? 'maintenanceStarted' : 'maintenanceUpdated';
	return 'incidentUpdated';
}

/** Collects the events of one incident in their order, and follows its phase and status. */
class IncidentStory {
	readonly events: IncidentEvent[] = [];
	phase: Phase | undefined;
	#status: string | null;

	constructor(
		known: KnownIncident | undefined,
		private readonly isMaintenance: boolean,
	) {
		this.phase = known?.phase;
		this.#status = known?.status ?? null;
	}

	/** The incident has a new status, or a new update with the same one. A new incident may have passed its first phase already. */
	moves(to: Phase, newStatus: string, update: IncidentUpdate | undefined): void {
		const isNew = this.phase === undefined;
		this.#tell(to, newStatus, update);
		if (!isNew) {
			this.phase = to;
			return;
		}
		this.phase = this.isMaintenance ? 'scheduled' : 'open';
		if (this.phase !== to) this.moves(to, newStatus, update);
	}

	/** An update that is older than one that is known. The incident is in a later state. */
	late(update: IncidentUpdate): void {
		this.events.push({
			event: this.isMaintenance ? 'maintenanceUpdated' : 'incidentUpdated',
			update,
			oldStatus: this.#status,
			newStatus: this.#status ?? '',
		});
	}

	#tell(to: Phase, newStatus: string, update: IncidentUpdate | undefined): void {
		const event = eventName(this.isMaintenance, this.phase, to);
		this.events.push({ event, update, oldStatus: this.#status, newStatus });
		this.#status = newStatus;
	}
}

/**
 * Tells what happened to an incident since it was read before. The IDs of the incident and of its updates decide. A status, a time or
 * the number of updates does not: a status can come twice in a row, and an incident can be backfilled. The same reading a second time
 * has no events.
 *
 * @param known undefined for an incident that was never read
 * @param isCurrent false for a delivery, which can be older than what is known
 */
export function incidentEvents(
	known: KnownIncident | undefined,
	{ updates, status, isMaintenance }: IncidentReading,
	isCurrent = true,
): { events: IncidentEvent[]; known: KnownIncident } {
	const before = new Set(known?.updates);
	const lastKnown = updates.map(({ id }) => before.has(id)).lastIndexOf(true);
	const story = new IncidentStory(known, isMaintenance);
	for (const [index, update] of updates.entries()) {
		if (before.has(update.id)) continue;
		const newStatus = update.status ?? status;
		if (index < lastKnown) story.late(update);
		else story.moves(phaseOf(newStatus, isMaintenance), newStatus, update);
	}
	const newest = updates.at(-1);
	const seen = new Set(updates.map(({ id }) => id));
	const isUpToDate = isCurrent || [...before].every((id) => seen.has(id));
	if (isUpToDate) {
		const phase = phaseOf(status, isMaintenance);
		const hasMoved = story.phase !== phase;
		const hasNewStatus = story.events.length === 0 && known?.status !== status;
		if (hasMoved || hasNewStatus) {
			const isLater = ORDER.indexOf(phase) > ORDER.indexOf(story.phase ?? phase);
			story.moves(phase, status, isLater || !known ? newest : undefined);
		}
	}
	return {
		events: story.events,
		known: {
			updates: [...new Set([...before, ...seen])],
			phase: story.phase ?? phaseOf(status, isMaintenance),
			status: isUpToDate ? status : (known?.status ?? status),
		},
	};
}
