import type { IDataObject } from 'n8n-workflow';
import type { PublicConnection } from '../../nodes/services/statuspage/publicApi/publicConnection';
import { RunReport } from '../../nodes/shared/http/runReport';
import type { FakeClock } from './fakeClock';

/** A connection to public pages, with the fake clock. */
export function publicConnectionTo(
	clock: FakeClock,
	send: PublicConnection['sendWithoutKey'],
	extra: Partial<PublicConnection> = {},
): PublicConnection {
	return {
		serviceName: 'Statuspage',
		isReadOnly: false,
		sendWithoutKey: send,
		clock,
		signal: undefined,
		timeoutMs: 10_000,
		waitBudgetMs: 60_000,
		report: new RunReport(),
		...extra,
	};
}

export const PAGE = {
	id: 'kctbh9vrtdwd',
	name: 'Acme',
	url: 'https://status.acme.example',
	time_zone: 'Etc/UTC',
	updated_at: '2026-01-05T09:00:00.000Z',
};

/** A summary as Statuspage returns it. */
export const SUMMARY = {
	page: PAGE,
	components: [
		{ id: 'group0000001', name: 'Europe', status: 'operational', group: true, group_id: null },
		{ id: 'component001', name: 'API', status: 'operational', group: false, group_id: 'group0000001' },
	],
	incidents: [] as IDataObject[],
	scheduled_maintenances: [] as IDataObject[],
	status: { indicator: 'none', description: 'All Systems Operational' },
};
