const { spawn } = require('node:child_process');
const { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { dest, series, src } = require('gulp');

/** Compiles to dist, with the codex files and the output schemas. */
function compile() {
	return spawn('npx n8n-node build', { stdio: 'inherit', shell: true });
}

/** Nodes and credentials name their icons by relative paths, so dist needs the same folders. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Removes nodes and credentials that package.json does not list, so two lines there decide about Atlassian SCIM. */
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
exports.build = series(compile, unlisted, links, icons, check);
exports.default = exports.build;
