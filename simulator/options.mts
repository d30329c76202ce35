/** How the first page handles changes to viewers. `specific` is an audience-specific page. For other pages this is not documented. */
export const AUDIENCES = ['specific', 'kept', 'dropped', 'rejected'] as const;
/** Format of the `Retry-After` header. */
export const RETRY_AFTER_FORMS = ['seconds', 'date', 'none'] as const;
/** How unknown IDs in a list are handled. Not documented, so tests can try both. */
export const UNKNOWN_IDS = ['refuse', 'ignore'] as const;
/** How the email search compares. Not documented, so tests can try each. `case` is an exact, case-sensitive match. */
export const EMAIL_SEARCHES = ['partial', 'exact', 'case'] as const;
/** Whether emails are unique regardless of case. Not documented, so tests can try both. */
export const TAKEN_EMAILS = ['any-case', 'same-case'] as const;
/** Status code of an update with an email that another viewer has. Not documented, so tests can try each. */
export const TAKEN_ON_UPDATE = [409, 422, 404] as const;
/** How a subscriber with a known contact is handled. Only known for emails, and not documented, so tests can try both. */
export const TAKEN_CONTACTS = ['refused', 'accepted'] as const;
/** State of a new email subscriber who got no confirmation. Sources disagree, so tests can try both. */
export const SKIPPED_CONFIRMATIONS = ['active', 'unconfirmed'] as const;
/** Formats of a permissions response: those in the API documentation and those that existing clients expect. */
export const PERMISSION_SHAPES = ['data-map', 'data-list', 'map', 'list', 'roles'] as const;
/** Versions of the account ID extension that recorded SCIM responses contain. */
export const ACCOUNT_EXTENSIONS = ['1.0', '2.0'] as const;
/** Whether SCIM accepts `members[value eq "…"]` as a path. Not documented, so tests can try both. */
export const MEMBER_PATHS = ['taken', 'rejected'] as const;
/** What happens to the metrics of a deleted metric provider. Not documented, so tests can try both. */
export const ORPHANED_METRICS = ['deleted', 'kept'] as const;
/** How data points over 28 days old are handled. Not documented, so tests can try both. */
export const OLD_DATA = ['refused', 'dropped'] as const;

/** Whether `component_ids` of an incident replace its components or are added. Not documented, so tests can try both. */
export const INCIDENT_COMPONENTS = ['replace', 'add'] as const;

/** Whether publishing a postmortem again changes `published_at`. Not documented, so tests can try both. */
export const PUBLISHED_AGAIN = ['new-date', 'first-date'] as const;
/** Whether a postmortem keeps its draft when it is published. Not documented, so tests can try both. */
export const PUBLISHED_DRAFTS = ['kept', 'cleared'] as const;
/** Where the description of a component group is read: in `component_group`, as clients send it, or beside it, as documented. */
export const GROUP_DESCRIPTIONS = ['inside', 'beside'] as const;
/** Whether a component group whose last component moves to another one is deleted. Only documented for deleted components. */
export const EMPTIED_GROUPS = ['kept', 'deleted'] as const;
/**
 * What removes a component from its group: JSON null, the word "null", or either. With `word`, JSON null has no effect, and with
 * `word-or-error` it is rejected. Not documented, so tests can try each.
 */
export const GROUP_REMOVALS = ['either', 'null', 'word', 'word-or-error'] as const;
/** Status code of user operations for an organization with Atlassian accounts, which is not documented; 0 for another organization. */
export const ATLASSIAN_ACCOUNTS = [0, 403, 404, 422] as const;

/** Whether webhook subscribers get posts. Only addresses of this machine are called. */
export const WEBHOOK_DELIVERIES = ['on', 'off'] as const;
/** State of a new webhook subscriber. Whether it must be confirmed is not documented, so tests can try both. */
export const NEW_WEBHOOKS = ['active', 'unconfirmed'] as const;
/** Fields of a post to a webhook: those of recorded posts from 2024, or those from 2017. */
export const WEBHOOK_SHAPES = ['current', 'old'] as const;
export type WebhookShape = (typeof WEBHOOK_SHAPES)[number];
/** Whether an edited update is posted again. Not documented, so tests can try both. */
export const WEBHOOKS_ON_EDIT = ['silent', 'sent'] as const;
/** Status code of a new webhook on a page that doesn't allow webhooks. Not documented, so tests can try each. */
export const FORBIDDEN_WEBHOOKS = [422, 403, 400] as const;
/** Status code of a new subscriber of some components, if the page has no component subscriptions; 0 if it has. The code is not documented. */
export const COMPONENT_SUBSCRIPTIONS = [0, 422, 403, 400] as const;
/** Headers with which a public page lets clients ask for changes only. No recorded answer shows which it sends, so tests can try each. */
export const PUBLIC_VALIDATORS = ['etag', 'last-modified', 'none'] as const;
/** How a page that is not public responds without a login. Both were seen, so tests can try both. */
export const CLOSED_PAGES = ['login', 'unauthorized'] as const;

export interface Options {
	/** 0 picks a free port. */
	port: number;
	keys: string[];
	/** Keys of the SCIM directory. */
	scimKeys: string[];
	/** Requests per key in `windowSeconds`. */
	limit: number;
	/** SCIM requests per key in `windowSeconds`; 0 for no limit. The real limit is not published. */
	scimLimit: number;
	windowSeconds: number;
	retryAfter: (typeof RETRY_AFTER_FORMS)[number];
	/** Delay of each response in milliseconds. */
	latency: number;
	audience: (typeof AUDIENCES)[number];
	unknownIds: (typeof UNKNOWN_IDS)[number];
	emailSearch: (typeof EMAIL_SEARCHES)[number];
	takenEmails: (typeof TAKEN_EMAILS)[number];
	takenOnUpdate: (typeof TAKEN_ON_UPDATE)[number];
	takenContacts: (typeof TAKEN_CONTACTS)[number];
	skippedConfirmation: (typeof SKIPPED_CONFIRMATIONS)[number];
	orphanedMetrics: (typeof ORPHANED_METRICS)[number];
	oldData: (typeof OLD_DATA)[number];
	permissionShape: (typeof PERMISSION_SHAPES)[number];
	/** Maximum number of members in a viewer group response; 0 for all. */
	membersCap: number;
	/** Maximum and default number of resources per SCIM list response. */
	scimPageSize: number;
	accountExtension: (typeof ACCOUNT_EXTENSIONS)[number];
	memberPaths: (typeof MEMBER_PATHS)[number];
	incidentComponents: (typeof INCIDENT_COMPONENTS)[number];
	publishedAgain: (typeof PUBLISHED_AGAIN)[number];
	publishedDrafts: (typeof PUBLISHED_DRAFTS)[number];
	groupDescription: (typeof GROUP_DESCRIPTIONS)[number];
	emptiedGroups: (typeof EMPTIED_GROUPS)[number];
	groupRemoval: (typeof GROUP_REMOVALS)[number];
	atlassianAccounts: (typeof ATLASSIAN_ACCOUNTS)[number];
	webhookDelivery: (typeof WEBHOOK_DELIVERIES)[number];
	newWebhooks: (typeof NEW_WEBHOOKS)[number];
	webhookShape: WebhookShape;
	webhookOnEdit: (typeof WEBHOOKS_ON_EDIT)[number];
	forbiddenWebhooks: (typeof FORBIDDEN_WEBHOOKS)[number];
	componentSubscriptions: (typeof COMPONENT_SUBSCRIPTIONS)[number];
	/** Milliseconds between two tries of a post. The real spacing is not published. */
	webhookRetryMs: number;
	/** Milliseconds to wait for the answer to a post. */
	webhookTimeoutMs: number;
	/** Failed posts in a row until a subscriber is quarantined. */
	webhookFailures: number;
	publicValidators: (typeof PUBLIC_VALIDATORS)[number];
	closedPages: (typeof CLOSED_PAGES)[number];
	seed: number;
	viewers: number;
	groups: number;
	components: number;
	metrics: number;
	members: number;
	subscribers: number;
	/** Incidents and maintenances of the first page, in different states. */
	incidents: number;
	/** Incident templates of the first page. */
	templates: number;
	/** Public pages of other companies, with the subdomains vendor-1, vendor-2, … */
	vendors: number;
	/** Number of viewers, from the second one, with a subscription without an email: SMS, webhook, Slack and Teams in turn. */
	linkedSubscribers: number;
	directoryUsers: number;
	/** Groups in the directory, not counting the default group. */
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
	takenContacts: 'refused',
	skippedConfirmation: 'active',
	orphanedMetrics: 'deleted',
	oldData: 'refused',
	permissionShape: 'data-map',
	membersCap: 0,
	scimPageSize: 100,
	accountExtension: '1.0',
	memberPaths: 'taken',
	incidentComponents: 'replace',
	publishedAgain: 'new-date',
	publishedDrafts: 'kept',
	groupDescription: 'inside',
	emptiedGroups: 'kept',
	groupRemoval: 'either',
	atlassianAccounts: 0,
	webhookDelivery: 'on',
	newWebhooks: 'active',
	webhookShape: 'current',
	webhookOnEdit: 'silent',
	forbiddenWebhooks: 422,
	componentSubscriptions: 0,
	webhookRetryMs: 1000,
	webhookTimeoutMs: 30_000,
	webhookFailures: 10,
	publicValidators: 'etag',
	closedPages: 'login',
	seed: 1,
	viewers: 5900,
	groups: 12,
	components: 40,
	metrics: 8,
	members: 150,
	subscribers: 250,
	incidents: 8,
	templates: 3,
	vendors: 0,
	linkedSubscribers: 0,
	directoryUsers: 1250,
	directoryGroups: 8,
};
