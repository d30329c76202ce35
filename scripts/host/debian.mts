import { findCommand } from './commands.mts';
import { mustRun } from './processes.mts';
import { say } from './screen.mts';

/**
 * Installs Debian packages.
 *
 * @throws with the command to run if this user can't install packages
 */
export async function installDebianPackages(packages: string[]): Promise<void> {
	const install = ['install', '--yes', '--no-install-recommends', ...packages];
	if (findCommand('apt-get') === undefined || process.getuid?.() !== 0)
		throw new Error(
			`${packages.join(' and ')} must be installed. On Debian and Ubuntu, run: sudo apt-get ${install.join(' ')}`,
		);
	say(`Installing ${packages.join(' and ')} …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await mustRun('the list of packages is being updated', 'apt-get', ['update'], { env });
	await mustRun('packages are being installed', 'apt-get', install, { env });
}
