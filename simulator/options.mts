/** What a page that is not audience-specific does with viewer writes. Nobody knows which is real; `specific` is an audience-specific page. */
export const AUDIENCES = ['specific', 'kept', 'dropped', 'refused'] as const;
/** How `Retry-After` is sent. */
export const RETRY_AFTER_FORMS = ['seconds', 'date', 'none'] as const;
/** What happens to unknown IDs in lists of IDs: not documented, so that both can be tried. */
export const UNKNOWN_IDS = ['refuse', 'ignore'] as const;
/** What the e-mail search matches: not documented, so that each can be tried. `case` is exact and minds case. */
export const EMAIL_SEARCHES = ['partial', 'exact', 'case'] as const;
/** Shapes of a permissions answer: those of the vendor's document, and those that its clients expect. */
export const PERMISSION_SHAPES = ['data-map', 'data-list', 'map', 'list', 'roles'] as const;

export interface Options {
	/** 0 picks a free port. */
	port: number;
	keys: string[];
	/** Requests that one key may send in `windowSeconds`. */
	limit: number;
	windowSeconds: number;
	retryAfter: (typeof RETRY_AFTER_FORMS)[number];
	/** Milliseconds before each answer. */
	latency: number;
	audience: (typeof AUDIENCES)[number];
	unknownIds: (typeof UNKNOWN_IDS)[number];
	emailSearch: (typeof EMAIL_SEARCHES)[number];
	permissionShape: (typeof PERMISSION_SHAPES)[number];
	/** Members of a group that an answer shows at most; 0 shows all. */
	membersCap: number;
	seed: number;
	viewers: number;
	groups: number;
	components: number;
	members: number;
	subscribers: number;
}

export const DEFAULT_OPTIONS: Options = {
	port: 0,
	keys: ['simulator-key'],
	limit: 60,
	windowSeconds: 60,
	retryAfter: 'seconds',
	latency: 0,
	audience: 'specific',
	unknownIds: 'refuse',
	emailSearch: 'partial',
	permissionShape: 'data-map',
	membersCap: 0,
	seed: 1,
	viewers: 5900,
	groups: 12,
	components: 40,
	members: 150,
	subscribers: 250,
};
