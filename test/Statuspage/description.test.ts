import { resources } from '../../nodes/Statuspage/actions';
import { endpoints } from '../../nodes/services/statuspage/endpoints';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';
import { checkDescription, names } from '../support/descriptionChecks';

checkDescription({ node: new Statuspage(), resources, endpoints });

test('every operation that gives viewers access says that this has an effect on audience-specific pages only', () => {
	const gives = resources.flatMap(({ operations }) =>
		operations.filter(
			({ uses, value }) =>
				/^(create|upsert|update|add|replace)/.test(value) &&
				uses.some((name) => endpoints[name].method !== 'GET' && /page_access/.test(endpoints[name].path)),
		),
	);
	expect(gives.length).toBeGreaterThan(15);
	for (const { action, fields } of gives)
		expect([action, names(fields)]).toEqual([action, expect.arrayContaining(['audienceNotice'])]);
});

test('endpoints that would remove all access if their body is lost are not used', () => {
	const rows = Object.values(endpoints).map(({ method, path }) => `${method} ${path}`);
	for (const row of rows)
		expect(row).not.toMatch(/^DELETE .*\/(components|metrics|page_access_users|page_access_groups)$/);
});
