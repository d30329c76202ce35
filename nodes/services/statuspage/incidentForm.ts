import type { Incident } from './endpoints';

/** Real-time incidents and maintenances have different statuses. */
export type IncidentForm = 'realtime' | 'scheduled';

/** The statuses of each form in their usual order, with their names on the screen. */
export const STATUS_NAMES: Record<IncidentForm, Record<string, string>> = {
	realtime: {
		investigating: 'Investigating',
		identified: 'Identified',
		monitoring: 'Monitoring',
		resolved: 'Resolved',
	},
	scheduled: {
		scheduled: 'Scheduled',
		in_progress: 'In Progress',
		verifying: 'Verifying',
		completed: 'Completed',
	},
};

/** The last status of each form. */
export const CLOSED_STATUS: Record<IncidentForm, string> = { realtime: 'resolved', scheduled: 'completed' };

const FORMS: readonly IncidentForm[] = ['realtime', 'scheduled'];

/** The form that has this status; undefined for others, e.g. postmortem. */
export function formWith(status: string): IncidentForm | undefined {
	return FORMS.find((form) => Object.hasOwn(STATUS_NAMES[form], status));
}

/** The form of an incident. With a published postmortem, the status does not show it. Undefined if nothing shows it. */
export function formOf({ status, scheduled_for: start }: Incident): IncidentForm | undefined {
	const form = formWith(status);
	if (form || start === undefined) return form;
	return start === null ? 'realtime' : 'scheduled';
}

/** True for an incident that is resolved, or a maintenance that is completed. */
export function isClosed({ status }: Incident): boolean {
	return status === 'postmortem' || Object.values(CLOSED_STATUS).includes(status);
}
