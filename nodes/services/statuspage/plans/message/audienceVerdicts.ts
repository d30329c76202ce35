/** The result of the audience check of a page. */
export interface AudienceFacts {
	pageName: string;
	summary: string;
}

/** Splits a verdict at the name of its page. Returns one text if the verdict does not contain the name. */
export function splitAtPageName({ summary, pageName }: AudienceFacts): string[] {
	const at =
		` ${summary} `.search(
			new RegExp(`(?<![\\p{L}\\p{N}])${pageName.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u'),
		) - 1;
	return at < 0 || pageName === '' ? [summary] : [summary.slice(0, at), summary.slice(at + pageName.length)];
}

/** Groups pages with the same verdict. Verdicts that need attention come first. */
export function groupByVerdict(audience: AudienceFacts[]): AudienceFacts[][] {
	const byVerdict = new Map<string, AudienceFacts[]>();
	for (const facts of audience) {
		const verdict = splitAtPageName(facts).join('\n');
		const same = byVerdict.get(verdict);
		if (same) same.push(facts);
		else byVerdict.set(verdict, [facts]);
	}
	const isGood = ({ summary }: AudienceFacts) => / is probably audience-specific\b/.test(summary);
	return [...byVerdict.values()].sort(([a], [b]) => Number(isGood(a)) - Number(isGood(b)));
}
