const { spawn } = require('node:child_process');
const { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');

const BUNDLE = join('dist', 'nodes', 'bundle.js');

/** Compiles to dist, with the codex files and the output schemas. */
function compile() {
	return spawn('npx n8n-node build', { stdio: 'inherit', shell: true });
}

/** Nodes and credentials name their icons by relative paths, so dist needs the same folders. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/**
 * Puts the code of all listed nodes and credentials into one file, which loads in half the time of some two hundred. They must share it,
 * because they share the rate limit window and the locks of a key. Files of nodes and credentials that package.json does not list are
 * removed, so two lines there decide about Atlassian SCIM. The file is made from the sources, because modules in one scope load faster
 * than compiled ones that are wrapped one by one.
 */
async function bundle() {
	const { nodes, credentials } = require('./package.json').n8n;
	const entries = [...nodes, ...credentials];
	const source = (file) => `./${file.replace(/^dist\//, '').replace(/\.js$/, '.ts')}`;
	const imports = entries.map((file, index) => `import * as entry${index} from '${source(file)}';`);
	const contents = `${imports.join('\n')}\nexport const entries = { ${entries.map((file, index) => `'${file}': entry${index}`).join(', ')} };`;
	await build({
		stdin: { contents, resolveDir: __dirname, loader: 'ts' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		outfile: BUNDLE,
		logLevel: 'warning',
	});
	for (const file of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
		if (file.endsWith('.js') && join('dist', file) !== BUNDLE) rmSync(join('dist', file));
	}
	for (const file of entries) {
		const path = relative(dirname(file), BUNDLE);
		writeFileSync(file, `module.exports = require('${path}').entries['${file}'];\n`);
	}
	for (const folder of readdirSync('dist/nodes')) {
		const isNode = existsSync(`dist/nodes/${folder}/${folder}.node.json`);
		const isListed = nodes.includes(`dist/nodes/${folder}/${folder}.node.js`);
		if (statSync(`dist/nodes/${folder}`).isDirectory() && !(isNode && isListed))
			rmSync(`dist/nodes/${folder}`, { recursive: true });
	}
}

/** Links in the codex files are relative in the source, so package.json is the only place to change the address. */
async function links() {
	const { homepage } = require('./package.json');
	for (const file of readdirSync('dist/nodes', { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.node.json')) continue;
		const path = `dist/nodes/${file}`;
		const relative = readFileSync(path, 'utf8');
		writeFileSync(path, relative.replaceAll('"url": "#', `"url": "${homepage}#`));
	}
}

/** n8n does not report a missing icon, it shows a broken picture. */
async function check() {
	for (const name of readdirSync('icons')) {
		if (!existsSync(`dist/icons/${name}`)) throw new Error(`dist/icons/${name} is missing`);
	}
}

exports.icons = icons;
exports.build = series(compile, bundle, links, icons, check);
exports.default = exports.build;
