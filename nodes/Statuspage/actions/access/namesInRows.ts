import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { readPageObjects, type PageObjects } from '../../../services/statuspage/plans/snapshot';
import { desiredPeople, type DesiredRow, type Person } from '../../../services/statuspage/plans/sync/desiredPeople';
import type { Scope } from '../../../services/statuspage/plans/sync/scope';
import type { SyncOptions } from '../../../services/statuspage/plans/sync/syncPlan';
import type { Breather } from '../../../shared/http/breather';
import { resolveEntries } from '../../../shared/operations/resolveNames';
import type { StatuspageInput } from '../statuspageInput';

export function scopeKindOf({ values }: StatuspageInput): Scope['kind'] {
	return values.choice<Scope['kind']>('scope', 'add');
}

/** @throws Failure for a text that is not a domain */
export function domainsOf(input: StatuspageInput): Set<string> {
	const domains = input.values.list('domains').map((domain) => domain.toLowerCase().replace(/^@/, ''));
	const bad = domains.find((domain) => !/^[\w-]+(\.[\w-]+)+$/.test(domain));
	if (bad)
		throw input.invalid(
			'domains',
			`contains "${bad}", which is not a domain`,
			'Enter the part after the @, e.g. example.com',
		);
	return new Set(domains);
}

function scopeOf(input: StatuspageInput, groups: ViewerGroup[]): Scope {
	const kind = scopeKindOf(input);
	if (kind === 'groups') {
		const { values, item } = input;
		return {
			kind,
			groupIds: resolveEntries(
				{ label: values.label('scopeGroupIds'), item, ...viewerGroup.namesIn(groups) },
				values.entries('scopeGroupIds'),
			),
		};
	}
	return kind === 'domains' ? { kind, domains: domainsOf(input) } : { kind };
}

/** The short lists of a page, and what the names in the items mean there. */
export interface NamedRows {
	objects: PageObjects;
	scope: Scope;
	people: Person[];
}

/** Reads the short lists of a page, and finds the names in the items. */
export async function namesInRows(
	first: StatuspageInput,
	pageId: string,
	rows: DesiredRow[],
	manages: SyncOptions['manages'],
	breather: Breather,
): Promise<NamedRows> {
	const objects = await readPageObjects(first.api, pageId, manages);
	const scope = scopeOf(first, objects.groups);
	const options = {
		groups: viewerGroup.namesIn(objects.groups),
		components: component.namesIn(objects.components),
		emptyMeansNone: first.options.flag('emptyMeansNone'),
		createsGroups: first.options.flag('createMissingGroups'),
	};
	return { objects, scope, people: await desiredPeople(rows, options, breather) };
}
