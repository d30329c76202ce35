import type { IDataObject } from 'n8n-workflow';
import { accessSample } from '../../services/statuspage/accessWatch/accessSample';
import { intervalWarning, shortestInterval } from '../../services/statuspage/accessWatch/passCost';
import { daysLeft } from '../../shared/http/expiry';
import type { AccessSettings } from './accessSettings';

/**
 * The items of a manual run: one per chosen event, with the cost of a pass. A manual run changes no state.
 *
 * @param interval of the polls in minutes, if it is known
 */
export async function sampleItems(
	{ api, kinds, connect }: AccessSettings,
	interval: number | undefined,
): Promise<IDataObject[]> {
	const { expiresOn, clock, window } = api.connection;
	const { reader, place } = await connect();
	const { items, requests } = await accessSample(reader, place, kinds);
	if (kinds.includes('keyExpires'))
		items.push({
			event: 'keyExpires',
			expiresOn: new Date(Date.parse(String(expiresOn))).toISOString().slice(0, 10),
			daysLeft: daysLeft(expiresOn, clock.calendar()),
		});
	const shortest = shortestInterval(requests, window);
	const warning = intervalWarning(shortest, interval);
	return items.map((item) => ({
		...item,
		isSample: true,
		requestsPerPass: requests,
		shortestIntervalMinutes: shortest,
		...(warning ? { warning } : {}),
	}));
}
