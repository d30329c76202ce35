import { Command, InvalidArgumentError, Option } from 'commander';
import {
	ACCOUNT_EXTENSIONS,
	ATLASSIAN_ACCOUNTS,
	AUDIENCES,
	COMPONENT_SUBSCRIPTIONS,
	CLOSED_PAGES,
	DEFAULT_OPTIONS,
	EMAIL_SEARCHES,
	INCIDENT_COMPONENTS,
	EMPTIED_GROUPS,
	FORBIDDEN_WEBHOOKS,
	GROUP_DESCRIPTIONS,
	GROUP_REMOVALS,
	MEMBER_PATHS,
	NEW_WEBHOOKS,
	OLD_DATA,
	ORPHANED_METRICS,
	PERMISSION_SHAPES,
	PUBLIC_VALIDATORS,
	PUBLISHED_AGAIN,
	PUBLISHED_DRAFTS,
	RETRY_AFTER_FORMS,
	SKIPPED_CONFIRMATIONS,
	TAKEN_CONTACTS,
	TAKEN_EMAILS,
	TAKEN_ON_UPDATE,
	UNKNOWN_IDS,
	WEBHOOK_DELIVERIES,
	WEBHOOK_SHAPES,
	WEBHOOKS_ON_EDIT,
} from './options.mts';
import { startSimulator } from './server.mts';

function number(text: string): number {
	const value = Number(text);
	if (!(value >= 0)) throw new InvalidArgumentError('Must be a number of at least 0.');
	return value;
}

const program = new Command('simulator')
	.description(
		'Local simulator of the Statuspage Manage API and of Atlassian Guard SCIM. Keeps data in memory and listens on loopback only.',
	)
	.option('--port <number>', 'port; 0 picks a free one', number, 4100)
	.option('--key <key...>', 'accepted Statuspage API keys', DEFAULT_OPTIONS.keys)
	.option('--scim-key <key...>', 'accepted keys of the SCIM directory', DEFAULT_OPTIONS.scimKeys)
	.option('--limit <number>', 'Statuspage requests per key and window', number, DEFAULT_OPTIONS.limit)
	.option(
		'--scim-limit <number>',
		'SCIM requests per key and window; 0 for no limit',
		number,
		DEFAULT_OPTIONS.scimLimit,
	)
	.option('--window <seconds>', 'length of the rate limit window', number, DEFAULT_OPTIONS.windowSeconds)
	.addOption(
		new Option('--retry-after <form>', 'format of the Retry-After header')
			.choices(RETRY_AFTER_FORMS)
			.default(DEFAULT_OPTIONS.retryAfter),
	)
	.option('--latency <ms>', 'delay of each response in milliseconds', number, DEFAULT_OPTIONS.latency)
	.addOption(
		new Option('--audience <kind>', 'how the first page handles changes to viewers')
			.choices(AUDIENCES)
			.default(DEFAULT_OPTIONS.audience),
	)
	.addOption(
		new Option('--unknown-ids <handling>', 'how lists with unknown IDs are handled')
			.choices(UNKNOWN_IDS)
			.default(DEFAULT_OPTIONS.unknownIds),
	)
	.addOption(
		new Option('--email-search <kind>', 'which emails the email search matches')
			.choices(EMAIL_SEARCHES)
			.default(DEFAULT_OPTIONS.emailSearch),
	)
	.addOption(
		new Option('--taken-emails <kind>', 'whether emails are compared with or without case')
			.choices(TAKEN_EMAILS)
			.default(DEFAULT_OPTIONS.takenEmails),
	)
	.addOption(
		new Option('--taken-on-update <status>', 'status code when an updated email is already taken')
			.choices(TAKEN_ON_UPDATE.map(String))
			.argParser(number)
			.default(DEFAULT_OPTIONS.takenOnUpdate),
	)
	.addOption(
		new Option('--taken-contacts <handling>', 'how a new subscriber with a known contact is handled')
			.choices(TAKEN_CONTACTS)
			.default(DEFAULT_OPTIONS.takenContacts),
	)
	.addOption(
		new Option('--skipped-confirmation <state>', 'state of a new email subscriber who got no confirmation')
			.choices(SKIPPED_CONFIRMATIONS)
			.default(DEFAULT_OPTIONS.skippedConfirmation),
	)
	.addOption(
		new Option('--orphaned-metrics <handling>', 'what happens to the metrics of a deleted metric provider')
			.choices(ORPHANED_METRICS)
			.default(DEFAULT_OPTIONS.orphanedMetrics),
	)
	.addOption(
		new Option('--old-data <handling>', 'how data points over 28 days old are handled')
			.choices(OLD_DATA)
			.default(DEFAULT_OPTIONS.oldData),
	)
	.addOption(
		new Option('--permission-shape <shape>', 'format of permissions in responses')
			.choices(PERMISSION_SHAPES)
			.default(DEFAULT_OPTIONS.permissionShape),
	)
	.option(
		'--members-cap <number>',
		'maximum number of members in a viewer group response; 0 for all',
		number,
		DEFAULT_OPTIONS.membersCap,
	)
	.option(
		'--scim-page-size <number>',
		'maximum number of resources per SCIM list response',
		number,
		DEFAULT_OPTIONS.scimPageSize,
	)
	.addOption(
		new Option('--account-extension <version>', 'version of the extension with the account ID')
			.choices(ACCOUNT_EXTENSIONS)
			.default(DEFAULT_OPTIONS.accountExtension),
	)
	.addOption(
		new Option('--member-paths <handling>', 'whether a SCIM member can be removed by a path with its ID')
			.choices(MEMBER_PATHS)
			.default(DEFAULT_OPTIONS.memberPaths),
	)
	.addOption(
		new Option('--incident-components <handling>', 'whether component_ids of an incident replace its components')
			.choices(INCIDENT_COMPONENTS)
			.default(DEFAULT_OPTIONS.incidentComponents),
	)
	.addOption(
		new Option('--published-again <date>', 'date of a postmortem that is published again')
			.choices(PUBLISHED_AGAIN)
			.default(DEFAULT_OPTIONS.publishedAgain),
	)
	.addOption(
		new Option('--published-drafts <handling>', 'whether a postmortem keeps its draft when it is published')
			.choices(PUBLISHED_DRAFTS)
			.default(DEFAULT_OPTIONS.publishedDrafts),
	)
	.addOption(
		new Option('--group-description <place>', 'where the description of a component group is read')
			.choices(GROUP_DESCRIPTIONS)
			.default(DEFAULT_OPTIONS.groupDescription),
	)
	.addOption(
		new Option('--emptied-groups <handling>', 'what happens to a component group whose last component moves away')
			.choices(EMPTIED_GROUPS)
			.default(DEFAULT_OPTIONS.emptiedGroups),
	)
	.addOption(
		new Option('--group-removal <form>', 'what removes a component from its group')
			.choices(GROUP_REMOVALS)
			.default(DEFAULT_OPTIONS.groupRemoval),
	)
	.addOption(
		new Option('--atlassian-accounts <status>', 'status code of user operations; 0 without Atlassian accounts')
			.choices(ATLASSIAN_ACCOUNTS.map(String))
			.argParser(number)
			.default(DEFAULT_OPTIONS.atlassianAccounts),
	)
	.addOption(
		new Option('--webhook-delivery <mode>', 'whether webhook subscribers on this machine get posts')
			.choices(WEBHOOK_DELIVERIES)
			.default(DEFAULT_OPTIONS.webhookDelivery),
	)
	.addOption(
		new Option('--new-webhooks <state>', 'state of a new webhook subscriber')
			.choices(NEW_WEBHOOKS)
			.default(DEFAULT_OPTIONS.newWebhooks),
	)
	.addOption(
		new Option('--webhook-shape <shape>', 'fields of a post to a webhook')
			.choices(WEBHOOK_SHAPES)
			.default(DEFAULT_OPTIONS.webhookShape),
	)
	.addOption(
		new Option('--webhook-on-edit <handling>', 'whether an edited update is posted')
			.choices(WEBHOOKS_ON_EDIT)
			.default(DEFAULT_OPTIONS.webhookOnEdit),
	)
	.addOption(
		new Option('--forbidden-webhooks <status>', "status code of a new webhook on a page that doesn't allow webhooks")
			.choices(FORBIDDEN_WEBHOOKS.map(String))
			.argParser(number)
			.default(DEFAULT_OPTIONS.forbiddenWebhooks),
	)
	.addOption(
		new Option(
			'--component-subscriptions <status>',
			'status code of a new subscriber of components; 0 if it is allowed',
		)
			.choices(COMPONENT_SUBSCRIPTIONS.map(String))
			.argParser(number)
			.default(DEFAULT_OPTIONS.componentSubscriptions),
	)
	.option('--webhook-retry-ms <ms>', 'time between two tries of a post', number, DEFAULT_OPTIONS.webhookRetryMs)
	.option(
		'--webhook-timeout-ms <ms>',
		'time to wait for the answer to a post',
		number,
		DEFAULT_OPTIONS.webhookTimeoutMs,
	)
	.option(
		'--webhook-failures <number>',
		'failed posts in a row until a subscriber is quarantined',
		number,
		DEFAULT_OPTIONS.webhookFailures,
	)
	.addOption(
		new Option('--public-validators <header>', 'header with which public pages let clients ask for changes only')
			.choices(PUBLIC_VALIDATORS)
			.default(DEFAULT_OPTIONS.publicValidators),
	)
	.addOption(
		new Option('--closed-pages <response>', 'how pages that are not public respond without a login')
			.choices(CLOSED_PAGES)
			.default(DEFAULT_OPTIONS.closedPages),
	)
	.option('--seed <number>', 'seed of the generated pages and directory', number, DEFAULT_OPTIONS.seed)
	.option('--viewers <number>', 'number of viewers on the first page', number, DEFAULT_OPTIONS.viewers)
	.option('--groups <number>', 'number of viewer groups on the first page', number, DEFAULT_OPTIONS.groups)
	.option(
		'--components <number>',
		'number of components on the first page, including component groups',
		number,
		DEFAULT_OPTIONS.components,
	)
	.option('--metrics <number>', 'number of metrics on the first page', number, DEFAULT_OPTIONS.metrics)
	.option('--members <number>', 'number of team members', number, DEFAULT_OPTIONS.members)
	.option('--subscribers <number>', 'number of subscribers on the first page', number, DEFAULT_OPTIONS.subscribers)
	.option('--incidents <number>', 'number of incidents on the first page', number, DEFAULT_OPTIONS.incidents)
	.option('--templates <number>', 'number of incident templates on the first page', number, DEFAULT_OPTIONS.templates)
	.option('--vendors <number>', 'number of public pages of other companies', number, DEFAULT_OPTIONS.vendors)
	.option('--directory-users <number>', 'number of users in the SCIM directory', number, DEFAULT_OPTIONS.directoryUsers)
	.option(
		'--directory-groups <number>',
		'number of groups in the SCIM directory, not counting the default group',
		number,
		DEFAULT_OPTIONS.directoryGroups,
	)
	.option('--exit-with-parent', 'exit when standard input closes')
	.parse();

const { key: keys, scimKey: scimKeys, window: windowSeconds, exitWithParent, ...options } = program.opts();

try {
	const simulator = await startSimulator({ ...options, keys, scimKeys, windowSeconds });
	console.log(`Statuspage simulator: ${simulator.url} (key: ${keys[0]})`);
	console.log(`Atlassian SCIM simulator: ${simulator.scimUrl}/${simulator.directoryId} (key: ${scimKeys[0]})`);
	const stop = () => void simulator.stop().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	if (exitWithParent) process.stdin.on('end', stop).resume();
} catch (error) {
	const { code, message } = error as NodeJS.ErrnoException;
	console.error(code === 'EADDRINUSE' ? `Port ${options.port} is in use. Choose another one with --port.` : message);
	process.exit(1);
}
