import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import type { Session } from './session.mts';

/** The lists behind the fields, as the editor reads them. */
export async function checkRest({ search }: Session, { choices }: Trial): Promise<Check[]> {
	const find = async (methodName: string, filter?: string) =>
		await search('statuspage', { statuspageApi: choices.credential }, methodName, {
			parameters: { pageId: { __rl: true, mode: 'list', value: choices.page.id } },
			filter,
		});
	const lists = [
		'searchPages',
		'searchViewers',
		'searchViewerGroups',
		'searchComponents',
		'searchMetrics',
		'searchTeamMembers',
	];
	return [
		...(await Promise.all(
			lists.map(
				async (name) =>
					await check(`${name} fills its list`, async () =>
						(await find(name)).length > 0 ? undefined : 'it was empty',
					),
			),
		)),
		await check('searchViewers finds an address', async () => {
			const results = await find('searchViewers', 'farid.evans.1@example.com');
			return results.some(({ name }) => name === 'farid.evans.1@example.com') ? undefined : JSON.stringify(results);
		}),
	];
}
