import type { IDataObject } from 'n8n-workflow';
import { accessItem } from '../../nodes/services/statuspage/accessWatch/accessItems';
import type { ListEvent } from '../../nodes/services/statuspage/accessWatch/accessKinds';
import type { Seen } from '../../nodes/services/statuspage/accessWatch/seen';
import { incidentEventOutput } from '../../nodes/services/statuspage/events/eventOutput';
import type { IncidentEvent } from '../../nodes/services/statuspage/events/incidentEvents';
import type { IncidentReading } from '../../nodes/services/statuspage/events/incidentReading';
import type { World } from './world';

/** A name with everything that Slack could interpret. */
export const NAME = 'R&D <EU> *new* `x` @here';
/** The same name, as Slack must get it. */
export const NAME_IN_SLACK = "`R&amp;D &lt;EU&gt; *new* 'x' @here`";

const INCIDENT: IncidentReading = {
	id: 'inc123456789',
	name: 'API errors',
	status: 'investigating',
	impact: 'major',
	isMaintenance: false,
	updates: [],
	components: [],
	scheduledFor: null,
	scheduledUntil: null,
	startedAt: '2026-11-30T10:00:00.000Z',
	resolvedAt: null,
	shortlink: 'https://stspg.example/x?a=1&b=2',
};

const CREATED: IncidentEvent = {
	event: 'incidentCreated',
	update: { id: 'upd1', status: 'investigating', text: 'We are investigating.', at: '2026-11-30T10:00:00.000Z' },
	oldStatus: null,
	newStatus: 'investigating',
};

/** An item of an incident, as the triggers output it. */
export function incidentItem(
	pageId: string,
	change: Partial<IncidentEvent> = {},
	reading: Partial<IncidentReading> = {},
): IDataObject {
	const page = { id: pageId, name: 'Acme', url: 'https://status.example.com' };
	return incidentEventOutput(page, { ...INCIDENT, ...reading }, { ...CREATED, ...change });
}

/** An item of the mode Access, as the trigger outputs it. */
export function accessEventItem(
	{ pageId, organizationId }: World,
	kind: ListEvent,
	{ id, row, ...seen }: Seen,
): IDataObject {
	const isRemoved = kind.endsWith('Removed');
	return accessItem(
		{ kind, id, ...(isRemoved ? {} : { seen: { id, row, ...seen } }), known: row, changed: [] },
		{ pageId, organizationId },
		new Map(),
	);
}
