/** Cuts a text so its marked-up form has at most `most` characters, including an ellipsis. No code point is split. */
export function shorten(text: string, markUp: (text: string) => string, most: number): string {
	const whole = markUp(text);
	if (whole.length <= most) return whole;
	const characters = [...text];
	let [fits, tooLong] = [0, characters.length];
	while (tooLong - fits > 1) {
		const middle = Math.floor((fits + tooLong) / 2);
		if (markUp(characters.slice(0, middle).join('').trimEnd()).length + 1 <= most) fits = middle;
		else tooLong = middle;
	}
	const kept = characters.slice(0, fits).join('').trimEnd();
	return kept === '' ? '…' : `${markUp(kept)}…`;
}

/** Total length of lines, including line breaks. */
export function totalLength(lines: string[]): number {
	return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/**
 * Returns as many lines as fit. If some are missing, a last line made by `more` gives their number.
 *
 * @param room available characters
 * @param total number of all lines, which can be more than the given lines
 */
export function fitLines(
	lines: string[],
	room: number,
	more: (count: number) => string,
	total = lines.length,
): string[] {
	if (lines.length === total && totalLength(lines) <= room) return lines;
	const forMore = more(total).length + 1;
	if (forMore > room) return [];
	const fitting: string[] = [];
	let left = room - forMore;
	for (const line of lines) {
		left -= line.length + 1;
		if (left < 0) break;
		fitting.push(line);
	}
	return [...fitting, more(total - fitting.length)];
}
