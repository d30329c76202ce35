/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	dependencies?: object;
	peerDependencies: object;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
};

/** What npm would publish. */
function packed(): string[] {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
	const [{ files }] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
	return files.map(({ path }) => path);
}

test('the package holds the built nodes and its texts, and nothing else', () => {
	const files = packed();
	const others = files.filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE.md', 'README.md', 'index.js', 'package.json']);
	const built = files.filter((path) => path.startsWith('dist/'));
	expect(built.filter((path) => !/^dist\/((nodes|credentials)\/.+\.(js|json)|icons\/[\w.]+\.svg)$/.test(path))).toEqual([]);
	expect(built).toEqual(expect.arrayContaining(['dist/nodes/Statuspage/Statuspage.node.json', 'dist/icons/statuspage.svg', 'dist/icons/statuspage.dark.svg']));
});

test('what n8n is to load exists', () => {
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
	expect(manifest.n8n.strict).toBe(true);
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('the operations table of the README is that of the code', () => {
	expect(() => execFileSync('npx', ['tsx', 'scripts/docs.mts', '--check'], { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
});
