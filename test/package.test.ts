/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
	version: string;
	homepage: string;
	bugs: string;
	repository: { url: string };
	dependencies?: object;
	peerDependencies: object;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
};

let files: string[] | undefined;

/** The files that npm would publish. */
function packed(): string[] {
	if (files) return files;
	const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'ignore'],
	}).toString();
	const [pack] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
	files = pack.files.map(({ path }) => path);
	return files;
}

test('the package contains the built nodes and its texts, and nothing else', () => {
	const others = packed().filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE.md', 'README.md', 'index.js', 'package.json']);
	const built = packed().filter((path) => path.startsWith('dist/'));
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

test('every node and credential is listed, except both of Atlassian SCIM together', () => {
	const tree = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `dist/${folder}/${file}`),
	);
	const parts = tree.filter((file) => /\.(node|credentials)\.ts$/.test(file)).map((file) => file.replace(/ts$/, 'js'));
	const listed = [...manifest.n8n.credentials, ...manifest.n8n.nodes];
	const missing = parts.filter((file) => !listed.includes(file));
	expect(listed.filter((file) => !parts.includes(file))).toEqual([]);
	expect([[], parts.filter((file) => file.includes('AtlassianScim'))]).toContainEqual(missing);
});

test('files of a node that is not listed are not published', () => {
	const folders = packed().flatMap((file) => /^dist\/nodes\/(\w+)\//.exec(file)?.[1] ?? []);
	const nodes = manifest.n8n.nodes.map((file) => file.split('/')[2]);
	expect(new Set(folders)).toEqual(new Set(nodes));
	for (const file of packed())
		if (file.startsWith('dist/credentials/')) expect(manifest.n8n.credentials).toContain(file);
});

test('all code is in one file, which contains no code of a node that is not listed', () => {
	const listed = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
	expect(
		packed()
			.filter((file) => file.startsWith('dist/') && file.endsWith('.js'))
			.sort(),
	).toEqual([...listed, 'dist/nodes/bundle.js'].sort());
	const services = [...read('dist/nodes/bundle.js').matchAll(/^\/\/ nodes\/services\/(\w+)\//gm)].map(
		([, name]) => name,
	);
	const expected = manifest.n8n.nodes.map((file) => (file.includes('AtlassianScim') ? 'scim' : 'statuspage'));
	expect(new Set(services)).toEqual(new Set(expected));
});

test('all nodes and credentials share one rate limit window per key', () => {
	// Each module is in the bundle once, so the windows and locks of a key exist once in the process.
	for (const declaration of [/^function keyWindow\d*\(/gm, /^async function lock\d*\(/gm])
		expect(read('dist/nodes/bundle.js').match(declaration)).toHaveLength(1);
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
		expect(read(file)).toContain(`bundle.js').entries['${file}']`);
});

test('all files that n8n loads exist', () => {
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
		expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
	expect(manifest.n8n.strict).toBe(true);
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('the tables of operations match the code', () => {
	expect(() => execFileSync('npx', ['tsx', 'scripts/docs.mts', '--check'], { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
});

test('the README links to every page of the documentation', () => {
	const readme = read('README.md');
	for (const page of readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')))
		expect([page, readme.includes(`](docs/${page})`)]).toEqual([page, true]);
});

/** As GitHub makes the address of a heading. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replaceAll(' ', '-');

test('links between pages lead to a file and to a heading', () => {
	const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'].concat(
		readdirSync(join(ROOT, 'docs'))
			.filter((file) => file.endsWith('.md'))
			.map((file) => `docs/${file}`),
	);
	const broken = pages.flatMap((page) =>
		[...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(([link, path, anchor]) => {
			const target = path ? join(dirname(page), path) : page;
			if (!existsSync(join(ROOT, target))) return [`${page}: ${link}`];
			if (!anchor) return [];
			const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));
			return headings.includes(anchor) ? [] : [`${page}: ${link}`];
		}),
	);
	expect(broken).toEqual([]);
});

describe('the address of the repository', () => {
	const { homepage } = manifest;
	const anchors = [...read('README.md').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${anchorOf(heading)}`);

	test('is the same in all fields of package.json', () => {
		expect([manifest.repository.url, manifest.bugs]).toEqual([`git+${homepage}.git`, `${homepage}/issues`]);
	});

	test.each(readdirSync(join(ROOT, 'credentials')))('is that of the documentation of %s', (file) => {
		const url = /documentationUrl = '([^']+)'/.exec(read(`credentials/${file}`))?.[1] ?? '';
		expect(url.slice(0, homepage.length)).toBe(homepage);
		expect(anchors).toContain(url.slice(homepage.length));
	});

	test.each(manifest.n8n.nodes)('is that of all links of %s', (file) => {
		const urls = [...read(`${file}on`).matchAll(/"url": "([^"]+)"/g)].map(([, url]) => url);
		expect(urls.length).toBeGreaterThan(0);
		for (const url of urls) {
			expect(url.slice(0, homepage.length)).toBe(homepage);
			expect([...anchors, '#readme']).toContain(url.slice(homepage.length));
		}
	});

	test('is nowhere else', () => {
		const others = ['credentials', 'nodes', 'simulator', 'scripts', 'docs', 'examples', 'bench'].flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => /\.(ts|mts|mjs|json|md)$/.test(file) && !file.endsWith('.credentials.ts'))
				.map((file) => join(folder, file)),
		);
		expect([...others, 'README.md', 'CONTRIBUTING.md'].filter((file) => read(file).includes(homepage))).toEqual([]);
	});
});

describe('publishing', () => {
	const workflows = readdirSync(join(ROOT, '.github', 'workflows')).map((file) => `.github/workflows/${file}`);
	const workflow = read('.github/workflows/publish.yml').replace(/^\s*#.*\n/gm, '');
	const [head, build, publish] = workflow.split(/^ {2}(?:build|publish):\n/m);
	const steps = (job: string) => job.split(/^ {6}- /m).slice(1);

	test('every action is pinned by a full commit SHA, with its tag as a comment', () => {
		for (const file of workflows) {
			const uses = [...read(file).matchAll(/\buses: (.+)/g)].map(([, action]) => action);
			expect(uses.length).toBeGreaterThan(0);
			for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	test('the job that runs code of dependencies cannot publish', () => {
		expect(head).toMatch(/^permissions: \{\}$/m);
		expect(build).toMatch(/^ {4}permissions:\n {6}contents: read\n {4}\w/m);
		expect(build).not.toContain('id-token');
		expect(build).toContain('persist-credentials: false');
	});

	test('the tag is compared with the version before anything else runs', () => {
		const [checkout, compare, ...others] = steps(build);
		expect(checkout).toContain('actions/checkout@');
		expect(compare).toContain('TAG: ${{ github.ref_name }}');
		expect(others.map((step) => /\.ci\/run|npm pack/.exec(step)?.[0]).filter(Boolean)).toEqual(['.ci/run', 'npm pack']);

		const script = compare.slice(compare.indexOf('run: |') + 'run: |'.length);
		const withTag = (TAG: string) => () =>
			execFileSync('bash', ['-e', '-c', script], { cwd: ROOT, env: { ...process.env, TAG }, stdio: 'pipe' });
		expect(withTag(manifest.version)).not.toThrow();
		expect(withTag('0.0.0')).toThrow();
	});

	test('the job that publishes only downloads the packed file and runs no scripts', () => {
		expect(publish).toMatch(/^ {4}needs: build$/m);
		expect(publish).toMatch(/^ {4}permissions:\n {6}id-token: write\n {4}\w/m);
		const uses = steps(publish).flatMap((step) => /uses: ([\w/-]+)@/.exec(step)?.[1] ?? []);
		expect(uses).toEqual(['actions/download-artifact', 'actions/setup-node']);
		const runs = steps(publish).flatMap((step) => /run: (.+)/.exec(step)?.[1] ?? []);
		expect(runs).toEqual(['npm publish ./*.tgz --provenance --access public --ignore-scripts']);
	});

	test('no script of npm has to run by itself, since install scripts are off', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const hooks = /^(pre|post)|^(install|publish|prepare|pack)$/;
		expect(Object.keys(scripts).filter((name) => hooks.test(name))).toEqual([]);
	});
});
