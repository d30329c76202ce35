import type { StatuspageInput } from '../statuspageInput';

/** Shows a hint for an incident without components, and returns its text for the output, which AI agents read. */
export function nobodyNotified(input: StatuspageInput): string {
	const text =
		"'Deliver Notifications' is on, but the incident has no affected components. Statuspage may then notify nobody. Choose components to notify their subscribers.";
	input.remark(text);
	return text;
}
