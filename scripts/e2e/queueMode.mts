import { findCommand } from '../host/commands.mts';
import { installDebianPackages } from '../host/debian.mts';
import type { Host } from '../host/install.mts';
import { freePort, N8n, type Worker } from '../host/n8n.mts';
import { startPostgres } from '../host/postgres.mts';
import { startRedis } from '../host/redis.mts';
import { elapsed, say } from '../host/screen.mts';
import { temporaryFolder } from '../host/temporaryFolder.mts';
import { openEditor } from '../start/trial.mts';
import { logIn, type Session } from './session.mts';

/** Six executions can run at once on two workers. */
const CONCURRENCY = 3;
const PACKAGES = { 'redis-server': 'redis-server', initdb: 'postgresql' };

/** n8n in queue mode: a main process and workers that share Redis and PostgreSQL. */
export interface QueueMode {
	url: string;
	session: Session;
	/** All workers, also those that were killed. */
	workers: Worker[];
	/** Starts one more worker. */
	addWorker: () => Promise<void>;
}

async function installServers(): Promise<void> {
	const missing = Object.entries(PACKAGES).flatMap(([command, name]) => (findCommand(command) ? [] : name));
	if (missing.length > 0) await installDebianPackages(missing);
}

/**
 * Starts Redis, PostgreSQL, a main process and two workers.
 *
 * @param fill imports credentials and workflows before the main process starts
 */
export async function startQueueMode(host: Host, fill: (n8n: N8n) => Promise<void>): Promise<QueueMode> {
	await installServers();
	const since = performance.now();
	const folder = temporaryFolder('n8n-queue');
	say('Starting Redis and PostgreSQL …');
	const redisPort = await freePort();
	await startRedis(folder, redisPort);
	const database = await startPostgres(folder, await freePort());
	const env = {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		// n8n notices a killed worker after seconds instead of minutes.
		QUEUE_WORKER_LOCK_DURATION: '10000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
		QUEUE_WORKER_STALLED_INTERVAL: '5000',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_DATABASE: database.name,
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
	};
	const main = await N8n.in(host, 'queue-main', env);
	say('Importing the credential and the workflows …');
	await fill(main);
	const { url, owner } = await openEditor(main, await freePort());
	const workers: Worker[] = [];
	const addWorker = async () => {
		const n8n = await N8n.in(host, `queue-worker-${workers.length + 1}`, env);
		workers.push(await n8n.work(CONCURRENCY));
	};
	say('Starting two workers …');
	await addWorker();
	await addWorker();
	say(`Queue mode started in ${elapsed(since)}.`);
	return { url, session: await logIn(url, owner), workers, addWorker };
}
