/** What the audience check says about a page. */
export interface AudienceFacts {
	pageName: string;
	summary: string;
}

/** A verdict before and after the name of its page; one text where it does not name the page. */
export function aroundName({ summary, pageName }: AudienceFacts): string[] {
	const at =
		` ${summary} `.search(
			new RegExp(`(?<![\\p{L}\\p{N}])${pageName.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u'),
		) - 1;
	return at < 0 || pageName === '' ? [summary] : [summary.slice(0, at), summary.slice(at + pageName.length)];
}

/** Pages with the same verdict together. What is not as it should be comes first. */
export function sameVerdicts(audience: AudienceFacts[]): AudienceFacts[][] {
	const byVerdict = new Map<string, AudienceFacts[]>();
	for (const facts of audience) {
		const verdict = aroundName(facts).join('\n');
		const same = byVerdict.get(verdict);
		if (same) same.push(facts);
		else byVerdict.set(verdict, [facts]);
	}
	const isGood = ({ summary }: AudienceFacts) => / is probably audience-specific\b/.test(summary);
	return [...byVerdict.values()].sort(([a], [b]) => Number(isGood(a)) - Number(isGood(b)));
}
