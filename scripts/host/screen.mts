export function say(text: string): void {
	console.log(text);
}

/** Formats the time since `since`, which is a value of performance.now(). */
export function elapsed(since: number): string {
	const seconds = Math.round((performance.now() - since) / 1000);
	return seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Formats rows as a table with aligned columns. The first row is the header, and numbers are right-aligned. */
export function table(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	const line = (row: string[]) =>
		row
			.map((cell, column) =>
				/^[\d.,]+( s)?$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
			)
			.join('  ');
	const [head = [], ...body] = rows;
	return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)]
		.map((text) => `  ${text.trimEnd()}`)
		.join('\n');
}
