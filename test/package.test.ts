/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	dependencies?: object;
	peerDependencies: object;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
};

/** What npm would publish. */
function packed(): string[] {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'ignore'],
	}).toString();
	const [{ files }] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
	return files.map(({ path }) => path);
}

test('the package holds the built nodes and its texts, and nothing else', () => {
	const files = packed();
	const others = files.filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE.md', 'README.md', 'index.js', 'package.json']);
	const built = files.filter((path) => path.startsWith('dist/'));
	expect(built.filter((path) => !/^dist\/((nodes|credentials)\/.+\.(js|json)|icons\/[\w.]+\.svg)$/.test(path))).toEqual(
		[],
	);
	expect(built).toEqual(
		expect.arrayContaining([
			'dist/nodes/Statuspage/Statuspage.node.json',
			'dist/icons/statuspage.svg',
			'dist/icons/statuspage.dark.svg',
		]),
	);
});

test('every node and credential is listed, or neither line of the directory is', () => {
	const tree = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `dist/${folder}/${file}`),
	);
	const parts = tree.filter((file) => /\.(node|credentials)\.ts$/.test(file)).map((file) => file.replace(/ts$/, 'js'));
	const listed = [...manifest.n8n.credentials, ...manifest.n8n.nodes];
	const missing = parts.filter((file) => !listed.includes(file));
	expect(listed.filter((file) => !parts.includes(file))).toEqual([]);
	expect([[], parts.filter((file) => file.includes('AtlassianScim'))]).toContainEqual(missing);
});

test('what is not listed is not published', () => {
	const others = packed()
		.filter((file) => /^dist\/nodes\/\w+\//.test(file))
		.map((file) => file.split('/')[2]);
	const nodes = manifest.n8n.nodes.map((file) => file.split('/')[2]);
	expect(new Set(others)).toEqual(new Set([...nodes, 'services', 'shared']));
	const services = packed().flatMap((file) => /^dist\/nodes\/services\/(\w+)\//.exec(file)?.[1] ?? []);
	expect(new Set(services)).toEqual(new Set(nodes.map((node) => (node === 'AtlassianScim' ? 'scim' : 'statuspage'))));
	for (const file of packed())
		if (file.startsWith('dist/credentials/')) expect(manifest.n8n.credentials).toContain(file);
});

test('what n8n is to load exists', () => {
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
		expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
	expect(manifest.n8n.strict).toBe(true);
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('the operations table of the README is that of the code', () => {
	expect(() => execFileSync('npx', ['tsx', 'scripts/docs.mts', '--check'], { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
});
