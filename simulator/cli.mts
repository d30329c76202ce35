import { Command, InvalidArgumentError, Option } from 'commander';
import {
	ACCOUNT_EXTENSIONS,
	AUDIENCES,
	DEFAULT_OPTIONS,
	EMAIL_SEARCHES,
	MEMBER_PATHS,
	PERMISSION_SHAPES,
	RETRY_AFTER_FORMS,
	TAKEN_EMAILS,
	TAKEN_ON_UPDATE,
	UNKNOWN_IDS,
} from './options.mts';
import { startSimulator } from './server.mts';

function number(text: string): number {
	const value = Number(text);
	if (!(value >= 0)) throw new InvalidArgumentError('It must be a number from 0.');
	return value;
}

const program = new Command('simulator')
	.description(
		'A local stand-in of the Statuspage Manage API and of Atlassian Guard SCIM, in memory, on loopback only.',
	)
	.option('--port <number>', 'port; 0 picks a free one', number, 4100)
	.option('--key <key...>', 'API keys that it accepts', DEFAULT_OPTIONS.keys)
	.option('--scim-key <key...>', 'keys of the SCIM directory', DEFAULT_OPTIONS.scimKeys)
	.option('--limit <number>', 'requests that one key may send in a window', number, DEFAULT_OPTIONS.limit)
	.option('--scim-limit <number>', 'the same for SCIM; 0 is none', number, DEFAULT_OPTIONS.scimLimit)
	.option('--window <seconds>', 'length of the rolling window', number, DEFAULT_OPTIONS.windowSeconds)
	.addOption(
		new Option('--retry-after <form>', 'how Retry-After is sent')
			.choices(RETRY_AFTER_FORMS)
			.default(DEFAULT_OPTIONS.retryAfter),
	)
	.option('--latency <ms>', 'milliseconds before each answer', number, DEFAULT_OPTIONS.latency)
	.addOption(
		new Option('--audience <kind>', 'what the first page does with viewer writes')
			.choices(AUDIENCES)
			.default(DEFAULT_OPTIONS.audience),
	)
	.addOption(
		new Option('--unknown-ids <what>', 'lists with an unknown ID')
			.choices(UNKNOWN_IDS)
			.default(DEFAULT_OPTIONS.unknownIds),
	)
	.addOption(
		new Option('--email-search <kind>', 'what the e-mail search matches')
			.choices(EMAIL_SEARCHES)
			.default(DEFAULT_OPTIONS.emailSearch),
	)
	.addOption(
		new Option('--taken-emails <kind>', 'whether an address in other capitals is taken')
			.choices(TAKEN_EMAILS)
			.default(DEFAULT_OPTIONS.takenEmails),
	)
	.addOption(
		new Option('--taken-on-update <status>', 'status for a taken address on update')
			.choices(TAKEN_ON_UPDATE.map(String))
			.argParser(number)
			.default(DEFAULT_OPTIONS.takenOnUpdate),
	)
	.addOption(
		new Option('--permission-shape <shape>', 'shape of permissions')
			.choices(PERMISSION_SHAPES)
			.default(DEFAULT_OPTIONS.permissionShape),
	)
	.option(
		'--members-cap <number>',
		'members of a group that an answer shows; 0 shows all',
		number,
		DEFAULT_OPTIONS.membersCap,
	)
	.option('--scim-page-size <number>', 'rows of a SCIM list at most', number, DEFAULT_OPTIONS.scimPageSize)
	.addOption(
		new Option('--account-extension <version>', 'version of the extension with the account ID')
			.choices(ACCOUNT_EXTENSIONS)
			.default(DEFAULT_OPTIONS.accountExtension),
	)
	.addOption(
		new Option('--member-paths <what>', 'removal of a SCIM member by a path with its ID')
			.choices(MEMBER_PATHS)
			.default(DEFAULT_OPTIONS.memberPaths),
	)
	.option('--seed <number>', 'the same seed gives the same page and directory', number, DEFAULT_OPTIONS.seed)
	.option('--viewers <number>', 'viewers of the first page', number, DEFAULT_OPTIONS.viewers)
	.option('--groups <number>', 'viewer groups of the first page', number, DEFAULT_OPTIONS.groups)
	.option(
		'--components <number>',
		'components of the first page, component groups included',
		number,
		DEFAULT_OPTIONS.components,
	)
	.option('--members <number>', 'team members', number, DEFAULT_OPTIONS.members)
	.option('--subscribers <number>', 'subscribers of the first page', number, DEFAULT_OPTIONS.subscribers)
	.option('--directory-users <number>', 'users of the SCIM directory', number, DEFAULT_OPTIONS.directoryUsers)
	.option(
		'--directory-groups <number>',
		'groups of the SCIM directory, besides the default one',
		number,
		DEFAULT_OPTIONS.directoryGroups,
	)
	.option('--exit-with-parent', 'end when standard input closes')
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
	console.error(code === 'EADDRINUSE' ? `Port ${options.port} is busy: choose another one with --port` : message);
	process.exit(1);
}
