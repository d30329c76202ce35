import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireCommand } from './commands.mts';
import { outputOf } from './outputOf.mts';
import { mustRun, run, start } from './processes.mts';
import { waitUntilReady } from './waitUntilReady.mts';

const USER = 'n8n';

/** How n8n connects to the database. */
export interface Database {
	port: number;
	user: string;
	password: string;
	/** The name of the database. */
	name: string;
}

/** PostgreSQL refuses to run as root, so root runs it as the user of the Debian package. */
async function userOfPostgres(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = async (flag: string) => Number(await mustRun('id', 'id', [flag, 'postgres'], {}));
	return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/** Starts PostgreSQL on the loopback address with an empty database. */
export async function startPostgres(parent: string, port: number): Promise<Database> {
	const folder = join(parent, 'postgres');
	const data = join(folder, 'data');
	const passwordFile = join(folder, 'password');
	const password = randomBytes(16).toString('hex');
	const user = await userOfPostgres();
	await mkdir(folder);
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (user) for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid);
	const options = { ...user, cwd: folder };
	await mustRun(
		'the database is being created',
		requireCommand('initdb'),
		['-D', data, '-U', USER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--no-sync'],
		options,
	);
	await rm(passwordFile);
	const settings = {
		port: String(port),
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// The data is deleted anyway.
		fsync: 'off',
	};
	const child = start(
		requireCommand('postgres'),
		['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ ...options, stdio: ['ignore', 'pipe', 'pipe'] },
		// With SIGTERM, PostgreSQL would wait until all clients have disconnected.
		'SIGINT',
	);
	const isReady = async () => {
		const args = ['-h', '127.0.0.1', '-p', String(port), '-q'];
		return (await run('PostgreSQL is starting', requireCommand('pg_isready'), args, {})).code === 0;
	};
	await waitUntilReady('PostgreSQL', child, isReady, outputOf(child));
	return { port, user: USER, password, name: 'postgres' };
}
