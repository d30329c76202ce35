import { ROLE_NAMES, ROLES, type Role } from '../permissionAnswer';
import type { Action, Facts, Planned } from './change';

/** "A, B and C". */
export function listed(names: string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** "viewer group A", "viewer groups A and B"; empty where there are none. */
function counted(noun: string, names: string[]): string {
	return names.length === 0 ? '' : `${noun}${names.length === 1 ? '' : 's'} ${listed(names)}`;
}

/** Names come from people and lists. In one line of text, a line break or a control character has no place. */
export function plainName(name: unknown): string {
	return String(name).replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function texts(facts: Facts | null, name: string): string[] {
	const list = facts?.[name];
	return Array.isArray(list) ? list.map(String) : [];
}

/** The words for one change. */
class Words {
	constructor(private readonly change: Omit<Planned, 'evidence'>) {}

	get who(): string {
		return plainName(this.change.email);
	}

	get on(): string {
		const { page, pageName } = this.change;
		return page === null ? '' : ` on page ${plainName(pageName ?? page)}`;
	}

	name(id: string): string {
		return plainName(this.change.names?.[id] ?? id);
	}

	names(ids: string[]): string[] {
		return ids.map((id) => this.name(id));
	}

	/** "viewer groups A and B, own components C and own metrics D". */
	access(facts: Facts | null): string[] {
		return [
			counted('viewer group', [...this.names(texts(facts, 'groupIds')), ...texts(facts, 'newGroups').map(plainName)]),
			counted('own component', this.names(texts(facts, 'componentIds'))),
			counted('own metric', this.names(texts(facts, 'metricIds'))),
		].filter((part) => part !== '');
	}

	/** What a list gains and loses: "own components A". */
	difference(from: Facts | null, to: Facts | null): string[] {
		const parts = [['own component', 'componentIds'], ['own metric', 'metricIds']] as const;
		return parts.flatMap(([noun, list]) => {
			const known = new Set(texts(to, list));
			return counted(noun, this.names(texts(from, list).filter((id) => !known.has(id)))) || [];
		});
	}
}

const FIELD_NAMES: Record<string, string> = { email: 'email', external_login: 'external login' };

function fieldChanges({ before, after }: Omit<Planned, 'evidence'>): string {
	const value = (facts: Facts | null, name: string) => (facts?.[name] === null || facts?.[name] === undefined ? 'none' : plainName(facts[name]));
	return listed(Object.keys({ ...before, ...after }).map((name) => `${FIELD_NAMES[name] ?? name} from ${value(before, name)} to ${value(after, name)}`));
}

/** "Incident Manager and Maintenance Manager"; empty for a page without roles. */
export function roleNames(roles: unknown): string {
	return listed(ROLES.filter((role) => (roles as Partial<Record<Role, boolean>> | null)?.[role]).map((role) => ROLE_NAMES[role]));
}

function pagesOf(facts: Facts | null, words: Words): string {
	const pages = Object.entries((facts?.permissions ?? {}) as Record<string, unknown>);
	return counted('page', pages.map(([id, roles]) => `${words.name(id)}${roleNames(roles) ? ` (${roleNames(roles)})` : ''}`));
}

function setComponentsText(change: Omit<Planned, 'evidence'>, words: Words): string {
	const { before, after } = change;
	const [added, removed] = [words.difference(after, before), words.difference(before, after)];
	if (removed.length === 0) return `Give ${words.who} ${listed(added)}${words.on}`;
	const loss = `Remove ${listed(removed)} from ${words.who}${words.on}`;
	return added.length === 0 ? loss : `${loss} and give ${listed(added)}`;
}

const TEXTS: Record<Action, (change: Omit<Planned, 'evidence'>, words: Words) => string> = {
	createGroup: ({ after }, { on }) => `Create viewer group ${plainName(after?.name)}${on}`,
	createViewer: ({ after }, words) => {
		const access = words.access(after);
		return `Create viewer ${words.who}${words.on}${access.length > 0 ? ` with ${listed(access)}` : ' without viewer groups'}`;
	},
	updateViewer: (change, { who, on }) => `Change viewer ${plainName(change.before?.email ?? who)}${on}: ${fieldChanges(change)}`,
	addToGroup: ({ after }, { who, on }) => `Add ${who} to viewer group ${plainName(after?.groupName)}${on}`,
	setComponents: setComponentsText,
	removeFromGroup: ({ before }, { who, on }) => `Remove ${who} from viewer group ${plainName(before?.groupName)}${on}`,
	deleteViewer: ({ before }, words) => {
		const access = words.access(before);
		return `Delete viewer ${words.who}${words.on}, who has ${access.length > 0 ? listed(access) : 'no viewer groups, own components or own metrics'}`;
	},
	deleteSubscriber: ({ before }, { who, on }) => `Delete the ${plainName(before?.mode)} subscription of ${who}${on}`,
	setPermissions: ({ before, after }, words) => {
		const [held, left] = [roleNames(before?.roles), roleNames(after?.roles)];
		if (after?.roles) return `Change the roles of team member ${words.who}${words.on} from ${held || 'none'} to ${left || 'none'}`;
		return `Remove team member ${words.who} from page ${plainName(words.name(String(before?.pageId)))}${held ? ` (${held})` : ''}`;
	},
	deleteTeamMember: ({ before }, words) => {
		const pages = pagesOf(before, words);
		return `Delete team member ${words.who} from the organization${pages ? `, who manages ${pages}` : ''}`;
	},
	unchanged: (_, { who, on }) => `No change for ${who}${on}`,
};

/** A change in one plain sentence without a full stop, in the imperative, with names. */
export function changeText(change: Omit<Planned, 'evidence'>): string {
	return TEXTS[change.action](change, new Words(change));
}
