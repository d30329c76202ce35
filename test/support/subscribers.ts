import type { SimulatedIncident, SimulatedSubscriber, Simulator } from './simulator';
import type { World } from './world';

/** The subscribers of the page in a state, in the order of the page. */
export function subscribersIn({ page }: World, state: string): SimulatedSubscriber[] {
	return Object.values(page.subscribers).filter((entry) => entry.state === state);
}

/** The subscriber with this email. */
export function subscriberWith(page: World['page'], email: string): SimulatedSubscriber | undefined {
	return Object.values(page.subscribers).find(({ row }) => row.email === email);
}

/** An email subscriber who is active. */
export function activeSubscriber(world: World): SimulatedSubscriber['row'] & { email: string } {
	const found = subscriberWith(world.page, 'subscriber.0@example.com');
	if (!found) throw new Error('The page has no subscribers');
	return { ...found.row, email: String(found.row.email) };
}

/** An incident that accepts subscribers. */
export function openIncident({ page }: World): SimulatedIncident {
	const found = Object.values(page.incidents).find(({ row }) => row.status === 'investigating');
	if (!found) throw new Error('The page has no open incident');
	return found;
}

/** Adds a subscriber to the open incident, and returns its ID. The ID depends on the seed, so it is the same after each reset. */
export async function addIncidentSubscriber(world: World, simulator: Simulator, email: string): Promise<string> {
	const { id } = openIncident(world).row;
	const answer = await simulator.send('POST', `/pages/${world.pageId}/incidents/${id}/subscribers`, {
		body: { subscriber: { email } },
	});
	return ((await answer.json()) as { id: string }).id;
}
