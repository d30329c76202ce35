import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps the programs of each version of PostgreSQL in a folder that isn't on PATH. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** Returns the path of a program, or undefined if it isn't installed. */
export function findCommand(name: string): string | undefined {
	const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	return [
		...newestFirst.map((version) => join(POSTGRES_FOLDER, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	]
		.map((folder) => join(folder, name))
		.find(existsSync);
}

/** The same for a program that must be installed. */
export function requireCommand(name: string): string {
	const path = findCommand(name);
	if (path === undefined) throw new Error(`'${name}' was not found, although its package is installed`);
	return path;
}
