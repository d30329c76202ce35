/** Enough items to look up their objects together, and few enough that the first request is sent soon. */
const FIRST_PART = 1000;

/** Items from `start` up to, but not including, `end`. */
export interface Part {
	start: number;
	end: number;
}

/**
 * Divides items into parts that run one after the other. n8n evaluates the expressions of an item when the item is read, so requests of
 * the first part are sent before later items are read. Each further part is as long as all parts before it, so there are few of them.
 */
export function partsOf(count: number): Part[] {
	const parts: Part[] = [];
	for (let start = 0; start < count; start = parts.at(-1)?.end ?? count)
		parts.push({ start, end: Math.min(count, Math.max(FIRST_PART, 2 * start)) });
	return parts;
}
