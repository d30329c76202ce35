import type { Schema } from '../service.mts';
import type { Context } from './route.mts';
import type { Component, Json } from './state.mts';

const PARTIAL_DATE: Schema = { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' };

/** The query of the uptime of a component and of a component group. */
export const UPTIME_QUERY: Record<string, Schema> = {
	start: PARTIAL_DATE,
	end: PARTIAL_DATE,
	skip_related_events: { type: 'string', enum: ['true', 'false'] },
};

/** The uptime of a component or of a component group, which is always the same. */
export function uptimeRow({ query }: Context, { id, name }: Component): Json {
	const { start = '2026-01', end = '2026-01', skip_related_events: skips } = query;
	return {
		range_start: start.padEnd(10, '-01'),
		range_end: end.padEnd(10, '-01'),
		uptime_percentage: 99.98,
		major_outage: 0,
		partial_outage: 864,
		warnings: [],
		id,
		name,
		...(skips === 'true' ? {} : { related_events: [] }),
	};
}
