import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
// @ts-expect-error The scanner has no types.
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { NPM, ROOT } from './host/install.mts';

/** Whether every node is listed is a test of this project, which lets the two lines of Atlassian SCIM be out; the scanner only warns of it. */
const OWN_TEST = { rules: { '@n8n/community-nodes/node-registration-complete': 'off' } };

/** n8n's official scan lints the source as it stands in the repository, and the package as npm serves it. */
async function findings(folder: string, patterns: string[]): Promise<string> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: [...(await buildScanConfig()), OWN_TEST],
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	if (results.length === 0) throw new Error(`The scan found no files in ${folder}`);
	console.log(`${results.length} files scanned in ${folder === ROOT ? 'the repository' : 'the packed package'}`);
	// Warnings count here as well, which the scanner's own command passes over.
	return await (await eslint.loadFormatter('stylish')).format(results);
}

const folder = mkdtempSync(join(tmpdir(), 'package-'));
try {
	const tarball = execFileSync(NPM, ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT })
		.toString()
		.trim();
	execFileSync('tar', ['xzf', join(folder, tarball), '-C', folder]);
	const found = [
		await findings(ROOT, SOURCE_FILE_PATTERNS as string[]),
		await findings(join(folder, 'package'), ['**/*.js', '**/*.json']),
	].join('');
	if (found) console.error(found);
	process.exitCode = found ? 1 : 0;
} finally {
	rmSync(folder, { recursive: true });
}
