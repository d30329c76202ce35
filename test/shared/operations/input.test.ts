import type { IExecuteFunctions } from 'n8n-workflow';
import { gateOf } from '../../../nodes/shared/operations/input';

/** A node with one field, whose expression refers to another item than the one of the input. */
function contextOf(type: string): IExecuteFunctions {
	return {
		getNode: () => ({ type }),
		getInputData: () => [{ json: { email: 'input@example.com' } }],
		getNodeParameter: (_: string, __: number, ___: unknown, { rawExpressions }: { rawExpressions?: boolean }) =>
			rawExpressions ? '={{ $json.email }}' : 'other@example.com',
		getTimezone: () => 'UTC',
	} as unknown as IExecuteFunctions;
}

test.each([
	['a node reads fields of its item by itself', 'n8n-nodes-statuspage.statuspage', 'input@example.com'],
	['for a tool, n8n reads them', 'n8n-nodes-statuspage.statuspageTool', 'other@example.com'],
])('%s', (_, type, email) => {
	const fields = [{ displayName: 'Email', name: 'email', type: 'string' as const, default: '' }];
	expect(gateOf(contextOf(type), 0, fields).values().text('email')).toBe(email);
});

test('n8n is asked for the node and its unresolved parameters once per run, not once per item', () => {
	const asked: string[] = [];
	const items = Array.from({ length: 100 }, (_, index) => ({ json: { email: `${index}@example.com` } }));
	const context = {
		getNode: () => (asked.push('node'), { type: 'n8n-nodes-statuspage.statuspage' }),
		getInputData: () => items,
		getNodeParameter: (name: string) => (asked.push(name), '={{ $json.email }}'),
		getTimezone: () => (asked.push('time zone'), 'UTC'),
	} as unknown as IExecuteFunctions;
	const fields = [{ displayName: 'Email', name: 'email', type: 'string' as const, default: '' }];
	const emails = items.map((_, item) => gateOf(context, item, fields).values().text('email'));
	expect(emails).toEqual(items.map(({ json }) => json.email));
	expect(asked).toEqual(['node', 'time zone', 'email']);
});
