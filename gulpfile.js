const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dest, series, src } = require('gulp');

/** Compiles to dist, with the codex and the output schemas. */
function compile() {
	return spawn('npx n8n-node build', { stdio: 'inherit', shell: true });
}

/** The icons are named in the nodes and credentials by a path that must hold in dist as well. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** n8n shows a broken picture without a word when an icon is missing. */
async function check() {
	for (const name of ['statuspage.svg', 'statuspage.dark.svg']) {
		if (!existsSync(`dist/icons/${name}`)) throw new Error(`dist/icons/${name} is missing`);
	}
}

exports.icons = icons;
exports.build = series(compile, icons, check);
exports.default = exports.build;
