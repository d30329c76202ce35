/** What a page that is not audience-specific does with viewer writes. Nobody knows which is real; `specific` is an audience-specific page. */
export const AUDIENCES = ['specific', 'kept', 'dropped', 'rejected'] as const;
/** How `Retry-After` is sent. */
export const RETRY_AFTER_FORMS = ['seconds', 'date', 'none'] as const;
/** What happens to unknown IDs in lists of IDs: not documented, so that both can be tried. */
export const UNKNOWN_IDS = ['refuse', 'ignore'] as const;
/** What the e-mail search matches: not documented, so that each can be tried. `case` is exact and minds case. */
export const EMAIL_SEARCHES = ['partial', 'exact', 'case'] as const;
/** Whether two viewers may have addresses that differ in case only: not documented, so that both can be tried. */
export const TAKEN_EMAILS = ['any-case', 'same-case'] as const;
/** The status for an address that another viewer has, on update. None is documented; those on create and for bad fields are as likely as any. */
export const TAKEN_ON_UPDATE = [409, 422, 404] as const;
/** Shapes of a permissions answer: those of the vendor's document, and those that its clients expect. */
export const PERMISSION_SHAPES = ['data-map', 'data-list', 'map', 'list', 'roles'] as const;
/** Versions of the extension with the account ID that recorded SCIM answers show. */
export const ACCOUNT_EXTENSIONS = ['1.0', '2.0'] as const;
/** Whether SCIM takes `members[value eq "…"]` as a path: not documented, so that both can be tried. */
export const MEMBER_PATHS = ['taken', 'rejected'] as const;

export interface Options {
	/** 0 picks a free port. */
	port: number;
	keys: string[];
	/** Keys of the SCIM directory. */
	scimKeys: string[];
	/** Requests that one key may send in `windowSeconds`. */
	limit: number;
	/** The same for SCIM, whose number is not published; 0 is none. */
	scimLimit: number;
	windowSeconds: number;
	retryAfter: (typeof RETRY_AFTER_FORMS)[number];
	/** Milliseconds before each answer. */
	latency: number;
	audience: (typeof AUDIENCES)[number];
	unknownIds: (typeof UNKNOWN_IDS)[number];
	emailSearch: (typeof EMAIL_SEARCHES)[number];
	takenEmails: (typeof TAKEN_EMAILS)[number];
	takenOnUpdate: (typeof TAKEN_ON_UPDATE)[number];
	permissionShape: (typeof PERMISSION_SHAPES)[number];
	/** Members of a group that an answer shows at most; 0 shows all. */
	membersCap: number;
	/** Rows of a SCIM list at most, and when none are asked for. */
	scimPageSize: number;
	accountExtension: (typeof ACCOUNT_EXTENSIONS)[number];
	memberPaths: (typeof MEMBER_PATHS)[number];
	seed: number;
	viewers: number;
	groups: number;
	components: number;
	members: number;
	subscribers: number;
	/** Subscriptions without an email that belong to viewers, one each from the second viewer on: SMS, webhook, Slack, Teams, in turn. */
	linkedSubscribers: number;
	directoryUsers: number;
	/** Groups of the directory besides the default one. */
	directoryGroups: number;
}

export const DEFAULT_OPTIONS: Options = {
	port: 0,
	keys: ['simulator-key'],
	scimKeys: ['simulator-scim-key'],
	limit: 60,
	scimLimit: 0,
	windowSeconds: 60,
	retryAfter: 'seconds',
	latency: 0,
	audience: 'specific',
	unknownIds: 'refuse',
	emailSearch: 'partial',
	takenEmails: 'any-case',
	takenOnUpdate: 409,
	permissionShape: 'data-map',
	membersCap: 0,
	scimPageSize: 100,
	accountExtension: '1.0',
	memberPaths: 'taken',
	seed: 1,
	viewers: 5900,
	groups: 12,
	components: 40,
	members: 150,
	subscribers: 250,
	linkedSubscribers: 0,
	directoryUsers: 1250,
	directoryGroups: 8,
};
