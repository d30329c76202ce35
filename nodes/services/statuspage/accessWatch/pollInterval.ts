const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/** One entry of n8n's 'Poll Times'. */
export interface PollTime {
	mode?: unknown;
	value?: unknown;
	unit?: unknown;
	cronExpression?: unknown;
}

/** The values of a field of a cron expression; undefined if it is not understood. */
function valuesOf(field: string, from: number, to: number): number[] | undefined {
	const values: number[] = [];
	for (const part of field.split(',')) {
		const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
		if (!match) return undefined;
		const [, first, last, step] = match;
		const start = first === undefined ? from : Number(first);
		const end = last !== undefined ? Number(last) : first === undefined || step !== undefined ? to : start;
		const width = step === undefined ? 1 : Number(step);
		if (width < 1 || start < from || end > to || start > end) return undefined;
		for (let value = start; value <= end; value += width) values.push(value);
	}
	return [...new Set(values)].sort((a, b) => a - b);
}

/** The shortest time between two runs of a cron expression, within a day and from one day to the next. */
function cronMinutes(expression: string): number | undefined {
	const fields = expression.trim().split(/\s+/);
	const [minute, hour] = fields.length === 6 ? fields.slice(1) : fields;
	if (fields.length < 5 || fields.length > 6) return undefined;
	const [minutes, hours] = [valuesOf(minute, 0, 59), valuesOf(hour, 0, 23)];
	if (!minutes || !hours) return undefined;
	const runs = hours.flatMap((h) => minutes.map((m) => h * MINUTES_PER_HOUR + m));
	const gaps = runs.slice(1).map((at, index) => at - runs[index]);
	return Math.min(...gaps, runs[0] + MINUTES_PER_DAY - runs[runs.length - 1]);
}

function minutesOf({ mode, value, unit, cronExpression }: PollTime): number | undefined {
	switch (mode) {
		case 'everyMinute':
			return 1;
		case 'everyHour':
			return MINUTES_PER_HOUR;
		case 'everyX':
			return typeof value === 'number' ? value * (unit === 'minutes' ? 1 : MINUTES_PER_HOUR) : undefined;
		case 'everyDay':
			return MINUTES_PER_DAY;
		case 'everyWeek':
			return 7 * MINUTES_PER_DAY;
		case 'everyMonth':
			return 28 * MINUTES_PER_DAY;
		case 'custom':
			return typeof cronExpression === 'string' ? cronMinutes(cronExpression) : undefined;
		default:
			return undefined;
	}
}

/**
 * The shortest interval between two polls in minutes, as far as n8n's 'Poll Times' tells. Several entries can run closer to each other.
 *
 * @returns undefined if no entry is understood
 */
export function pollInterval(pollTimes: unknown): number | undefined {
	const { item } = (pollTimes ?? {}) as { item?: PollTime[] };
	const minutes = (Array.isArray(item) ? item : []).map(minutesOf).filter((entry) => entry !== undefined);
	return minutes.length === 0 ? undefined : Math.min(...minutes);
}
