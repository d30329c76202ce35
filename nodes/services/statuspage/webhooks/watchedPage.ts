import type { Component } from '../endpoints';
import type { ComponentChange, EventPage } from '../events/eventOutput';
import { incidentEvents, type IncidentEvent, type KnownIncident } from '../events/incidentEvents';
import type { IncidentReading } from '../events/incidentReading';
import type { DeliveredChange } from './delivery';
import { letsIncident, type EventFilter } from './eventFilter';

interface WatchedIncident extends KnownIncident {
	/** The filter let it through before. Components can be unlinked, and the impact can sink, when an incident is resolved. */
	passed?: true;
}

interface WatchedComponent {
	status: string;
	/** When it changed last, as it was read. */
	changedAt: string | null;
	/** The time of the newest post that was not verified. */
	postedAt?: string;
}

/** What a workflow remembers, as JSON. */
export interface SavedPage {
	/** Grows with each change, so the newer one of two states is known. */
	revision: number;
	page: EventPage;
	/** The IDs of the components in the filter. */
	componentIds: string[];
	/** The ones that changed last are at the end. */
	incidents: Array<[string, WatchedIncident]>;
	components: Array<[string, WatchedComponent]>;
	/** IDs of component updates that were received, the newest at the end. */
	updates: string[];
}

/** n8n reads and writes the state with each post, so it is small: about 200 kB at most. */
const MOST_INCIDENTS = 400;
const MOST_UPDATES = 6000;
const MOST_COMPONENTS = 2000;
const MOST_COMPONENT_UPDATES = 500;

/** An instant, to compare times whose texts have different time zones; 0 if it is missing. */
const instantOf = (text: string | null | undefined): number => Date.parse(text ?? '') || 0;

const changedAtOf = ({ updated_at: at }: Component): string | null => (typeof at === 'string' ? at : null);

const copyOf = (saved: SavedPage) => JSON.parse(JSON.stringify(saved)) as SavedPage;

/** What is known of a page. Posts and readings change it, and it tells the events that follow. */
export class WatchedPage {
	readonly page: EventPage;
	componentIds: string[];
	#revision: number;
	readonly #incidents: Map<string, WatchedIncident>;
	readonly #components: Map<string, WatchedComponent>;
	readonly #updates: Set<string>;

	constructor(saved: SavedPage) {
		// The objects of n8n's saved data belong to one run, and report each change to it.
		const { revision, page, componentIds, incidents, components, updates } = copyOf(saved);
		this.page = page;
		this.componentIds = componentIds;
		this.#revision = revision;
		this.#incidents = new Map(incidents);
		this.#components = new Map(components);
		this.#updates = new Set(updates);
	}

	get revision(): number {
		return this.#revision;
	}

	/** True for a component update that was received before. */
	knowsUpdate(id: string): boolean {
		return this.#updates.has(id);
	}

	/** An incident that exists at activation has no events. */
	begin(reading: IncidentReading, filter: EventFilter): void {
		this.#keep(reading.id, incidentEvents(undefined, reading).known, letsIncident(filter, reading));
	}

	beginComponent(component: Component): void {
		this.#components.set(component.id, { status: component.status, changedAt: changedAtOf(component) });
	}

	/**
	 * The events of an incident, without those of incidents that the filter never let through.
	 *
	 * @param isCurrent false for a post that was not verified, because it can be older than what is known
	 */
	incident(reading: IncidentReading, filter: EventFilter, isCurrent: boolean): IncidentEvent[] {
		const before = this.#incidents.get(reading.id);
		const { events, known } = incidentEvents(before, reading, isCurrent);
		const passes = before?.passed === true || letsIncident(filter, reading);
		this.#keep(reading.id, known, passes);
		return passes ? events : [];
	}

	/**
	 * The change of a component that was read after a post. The reading decides, not the post: what differs from the last known status has
	 * changed, once. A change that was over before it could be read is told by the post about its end, if the component has changed since.
	 */
	component(post: DeliveredChange, current: Component): ComponentChange | undefined {
		if (this.#updates.has(post.id)) return undefined;
		this.#updates.add(post.id);
		const known = this.#components.get(current.id);
		const changedAt = changedAtOf(current);
		const isOver = post.newStatus === current.status && post.oldStatus !== current.status;
		const hasChanged = known ? known.status !== current.status : isOver;
		const wasBrief = known !== undefined && isOver && changedAt !== known.changedAt;
		if (!known || hasChanged || wasBrief) this.#components.set(current.id, { status: current.status, changedAt });
		this.#revise();
		if (!hasChanged && !wasBrief) return undefined;
		return {
			id: current.id,
			name: current.name,
			groupId: current.group_id,
			oldStatus: known && hasChanged ? known.status : post.oldStatus,
			newStatus: current.status,
			changedAt: post.newStatus === current.status ? post.createdAt : changedAt,
		};
	}

	/** The change in a post that was not verified. One that is older than another is not told, because the component has a later status. */
	unverifiedComponent(post: DeliveredChange): ComponentChange | undefined {
		if (this.#updates.has(post.id)) return undefined;
		this.#updates.add(post.id);
		const known = this.#components.get(post.componentId);
		const isLate = instantOf(post.createdAt) < instantOf(known?.postedAt);
		const { componentId: id, name, groupId, oldStatus, newStatus, createdAt } = post;
		if (!isLate)
			this.#components.set(id, {
				status: newStatus,
				changedAt: known?.changedAt ?? null,
				...(createdAt === null ? {} : { postedAt: createdAt }),
			});
		this.#revise();
		if (isLate || oldStatus === newStatus) return undefined;
		return { id, name, groupId, oldStatus, newStatus, changedAt: createdAt };
	}

	toJson(): SavedPage {
		return copyOf({
			revision: this.#revision,
			page: this.page,
			componentIds: this.componentIds,
			incidents: [...this.#incidents],
			components: [...this.#components],
			updates: [...this.#updates],
		});
	}

	#keep(id: string, known: KnownIncident, passes: boolean): void {
		this.#incidents.delete(id);
		this.#incidents.set(id, { ...known, ...(passes ? { passed: true } : {}) });
		this.#revise();
	}

	#revise(): void {
		this.#revision = Math.max(this.#revision + 1, Date.now());
		this.#trim();
	}

	/** Forgets what changed longest ago. Incidents that have ended are forgotten first. */
	#trim(): void {
		let updates = [...this.#incidents.values()].reduce((sum, { updates: ids }) => sum + ids.length, 0);
		const isFull = () => this.#incidents.size > MOST_INCIDENTS || updates > MOST_UPDATES;
		for (const onlyEnded of [true, false])
			for (const [id, { phase, updates: ids }] of [...this.#incidents]) {
				if (!isFull() || this.#incidents.size === 1) break;
				if (onlyEnded && phase !== 'ended') continue;
				this.#incidents.delete(id);
				updates -= ids.length;
			}
		for (const id of this.#components.keys()) {
			if (this.#components.size <= MOST_COMPONENTS) break;
			this.#components.delete(id);
		}
		for (const id of this.#updates) {
			if (this.#updates.size <= MOST_COMPONENT_UPDATES) break;
			this.#updates.delete(id);
		}
	}
}
