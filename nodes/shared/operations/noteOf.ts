/** For an output: the sentences as `note`, or nothing if there is none. */
export function noteOf(...sentences: Array<string | undefined>): { note?: string } {
	const note = sentences.filter(Boolean).join(' ');
	return note === '' ? {} : { note };
}
