import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
// @ts-expect-error The scanner has no types.
import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { NPM, ROOT } from './host/install.mts';

/** A test of this project checks that all nodes are listed in package.json. Unlike this rule, it allows Atlassian SCIM to be left out. */
const OWN_TEST = { rules: { '@n8n/community-nodes/node-registration-complete': 'off' } };

/** Runs n8n's official scan on a folder and returns the findings as text. */
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
	// Includes warnings, which the scanner's own command ignores.
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
