const { spawn } = require('node:child_process');
const { existsSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { dest, series, src } = require('gulp');

/** Compiles to dist, including the codex files and output schemas. */
function compile() {
	return spawn('npx n8n-node build', { stdio: 'inherit', shell: true });
}

/** Nodes and credentials refer to icons by relative paths, which must also exist in dist. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Removes everything from dist that package.json doesn't list. Removing two lines there leaves out a node and its credential. */
async function unlisted() {
	const { nodes, credentials } = require('./package.json').n8n;
	for (const folder of readdirSync('dist/nodes')) {
		const node = `dist/nodes/${folder}/${folder}.node.js`;
		if (existsSync(node) && !nodes.includes(node)) rmSync(`dist/nodes/${folder}`, { recursive: true });
	}
	for (const file of readdirSync('dist/credentials')) {
		if (!credentials.includes(`dist/credentials/${file}`)) rmSync(`dist/credentials/${file}`);
	}
	const built = readdirSync('dist/nodes', { recursive: true, encoding: 'utf8' }).filter(
		(file) => file.endsWith('.js') && !file.startsWith('services'),
	);
	const code = built.map((file) => readFileSync(`dist/nodes/${file}`, 'utf8')).join('\n');
	for (const service of readdirSync('dist/nodes/services')) {
		if (!code.includes(`/services/${service}/`)) rmSync(`dist/nodes/services/${service}`, { recursive: true });
	}
}

/** Throws if an icon is missing, because n8n would only show a broken image. */
async function check() {
	for (const name of readdirSync('icons')) {
		if (!existsSync(`dist/icons/${name}`)) throw new Error(`dist/icons/${name} is missing`);
	}
}

exports.icons = icons;
exports.build = series(compile, unlisted, icons, check);
exports.default = exports.build;
