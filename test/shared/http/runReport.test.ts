import { RunReport } from '../../../nodes/shared/http/runReport';

test('items that wait side by side wait once: a run never waited longer than it lasted', () => {
	const report = new RunReport();
	for (let item = 0; item < 20; item++) report.waitBegins(1000 + item);
	for (let item = 0; item < 20; item++) report.waitEnds(6000 + item);
	report.waitBegins(10_000);
	report.waitEnds(12_000);
	expect(report.waitedMs).toBe(5019 + 2000);
	expect(report.summary('Statuspage')).toBe('0 requests to Statuspage, 0 rejected by its rate limit, 7 s waited');
});

test('a run that neither waited nor repeated has nothing to say', () => {
	const report = new RunReport();
	report.requests = 5;
	report.waitBegins(1000);
	report.waitEnds(1400);
	expect(report.summary('Statuspage')).toBeUndefined();
});
