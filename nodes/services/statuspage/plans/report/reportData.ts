import type { Breather } from '../../../../shared/http/breather';
import type { ReportRow } from './reportRows';

/**
 * Data for the script of the HTML report. Thousands of viewers share a few sets of components. Each set is stored once to keep the file
 * small enough for an email.
 */
export interface ReportData {
	/** Pages with viewers: ID and name. */
	pages: Array<[id: string, name: string]>;
	/** Page number, label and component group. Labels are unique on each page. */
	components: Array<[page: number, label: string, group: string]>;
	/** Names of viewer groups. */
	vias: string[];
	/** Alternating numbers of a component and its viewer group. -1 stands for direct access. */
	profiles: number[][];
	viewers: Array<[page: number, email: string, profile: number]>;
	members: Array<[email: string, page: string, role: string]>;
	findings: Array<[text: string, subject: string, page: string]>;
}

/** Numbers values in the order of their first appearance. */
class Numbering<T> {
	readonly values: T[] = [];
	readonly #numbers = new Map<string, number>();

	of(key: string, value: () => T): number {
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		this.#numbers.set(key, this.values.length);
		return this.values.push(value()) - 1;
	}
}

interface NamedComponent {
	page: number;
	id: string;
	name: string;
	group: string;
}

/** Adds the component group to duplicate names, and the ID if they are still not unique. */
function labelled(components: NamedComponent[]): ReportData['components'] {
	const withGroup = ({ name, group }: NamedComponent) => (group ? `${name} (${group})` : name);
	const shared = (label: (component: NamedComponent) => string) => {
		const counts = new Map<string, number>();
		const key = (component: NamedComponent) => `${component.page} ${label(component)}`;
		for (const component of components) counts.set(key(component), (counts.get(key(component)) ?? 0) + 1);
		return (component: NamedComponent) => (counts.get(key(component)) ?? 0) > 1;
	};
	const isSharedName = shared(({ name }) => name);
	const label = (component: NamedComponent) => (isSharedName(component) ? withGroup(component) : component.name);
	const isSharedLabel = shared(label);
	return components.map((component) => [
		component.page,
		isSharedLabel(component) ? `${label(component)} · ${component.id}` : label(component),
		component.group,
	]);
}

export async function reportData(rows: ReportRow[], breather: Breather): Promise<ReportData> {
	const pages = new Numbering<[string, string]>();
	const components = new Numbering<NamedComponent>();
	const vias = new Numbering<string>();
	const profiles = new Numbering<number[]>();
	const people = new Map<string, { page: number; email: string; profile: number[] }>();
	const data: ReportData = {
		pages: pages.values,
		components: [],
		vias: vias.values,
		profiles: profiles.values,
		viewers: [],
		members: [],
		findings: [],
	};
	for (const row of rows) {
		await breather.breathe();
		if (row.kind === 'finding') {
			data.findings.push([row.text, row.subject, row.page]);
		} else if (row.person === 'teamMember') {
			data.members.push([row.email, row.page, row.via]);
		} else {
			const { pageId, email, componentId: id, component: name, componentGroup: group } = row;
			const page = pages.of(pageId, () => [pageId, row.page]);
			const component = components.of(`${pageId} ${id}`, () => ({ page, id, name, group }));
			const key = `${pageId} ${row.personId}`;
			const person = people.get(key) ?? { page, email, profile: [] };
			person.profile.push(component, row.way === 'direct' ? -1 : vias.of(row.via, () => row.via));
			people.set(key, person);
		}
	}
	for (const { page, email, profile } of people.values()) {
		await breather.breathe();
		data.viewers.push([page, email, profiles.of(profile.join(), () => profile)]);
	}
	return { ...data, components: labelled(components.values) };
}
