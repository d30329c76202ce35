/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..', 'nodes');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const sources = new Map(
	files.map((file) => [
		file,
		ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true),
	]),
);
const sourceOf = (file: string) => sources.get(file) as ts.SourceFile;

/** Imports of a file: static, dynamic, for side effects, and in export statements. */
function importsOf(file: string, withTypes = true): string[] {
	const names: string[] = [];
	const visit = (node: ts.Node): void => {
		const isDynamic =
			ts.isCallExpression(node) &&
			(node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require');
		const name = isDynamic
			? node.arguments[0]
			: ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
				? node.moduleSpecifier
				: undefined;
		const isType = ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true;
		if (name && ts.isStringLiteral(name) && (withTypes || !isType)) names.push(name.text);
		ts.forEachChild(node, visit);
	};
	visit(sourceOf(file));
	return names;
}

/** The files of this package that a file imports. */
function filesImportedBy(file: string, withTypes = true): string[] {
	return importsOf(file, withTypes)
		.filter((name) => name.startsWith('.'))
		.map((name) => relative(ROOT, resolve(ROOT, dirname(file), name)))
		.map((target) => [`${target}.ts`, `${target}/index.ts`].find((path) => files.includes(path)) ?? target);
}

const SHARED = ['shared/client', 'shared/fields', 'shared/http', 'shared/operations'];

/** What each room may import besides itself. Imports run one way: node, its actions, services, shared. No service imports another. */
const MAY_IMPORT: Record<string, string[]> = {
	Statuspage: ['Statuspage/actions', 'services/statuspage', ...SHARED],
	'Statuspage/actions': ['services/statuspage', ...SHARED],
	StatuspagePollingTrigger: ['StatuspagePollingTrigger/modes', 'services/statuspage', ...SHARED],
	'StatuspagePollingTrigger/modes': ['services/statuspage', ...SHARED],
	StatuspageTrigger: ['services/statuspage', ...SHARED],
	AtlassianScim: ['AtlassianScim/actions', 'services/scim', ...SHARED],
	'AtlassianScim/actions': ['services/scim', ...SHARED],
	'services/statuspage': SHARED,
	'services/scim': SHARED,
	'shared/fields': ['shared/operations', 'shared/client', 'shared/http'],
	'shared/operations': ['shared/fields', 'shared/client', 'shared/http'],
	'shared/client': ['shared/http'],
	'shared/http': [],
};

const roomOf = (file: string) => file.split('/').slice(0, -1).slice(0, 2).join('/');

test.each(files)('%s imports from its own room or from below', (file) => {
	const room = roomOf(file);
	expect(MAY_IMPORT).toHaveProperty([room]);
	for (const target of filesImportedBy(file)) expect([room, ...MAY_IMPORT[room]]).toContain(roomOf(target));
});

test('no file loads itself, also not through others', () => {
	const done = new Set<string>();
	const visit = (file: string, path: string[]): void => {
		expect(path).not.toContain(file);
		if (done.has(file)) return;
		for (const target of filesImportedBy(file, false)) if (files.includes(target)) visit(target, [...path, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
});

test('no import has another name than its export', () => {
	for (const file of files) {
		const renamed: string[] = [];
		const visit = (node: ts.Node): void => {
			if (ts.isImportSpecifier(node) && node.propertyName) renamed.push(node.getText());
			ts.forEachChild(node, visit);
		};
		visit(sourceOf(file));
		expect([file, renamed]).toEqual([file, []]);
	}
});

test('a folder has a name of its own, except the actions and schemas of each node', () => {
	const folders = [...new Set(files.map(dirname))].filter((folder) => !/(^|\/)(actions|__schema__)(\/|$)/.test(folder));
	const names = folders.map((folder) => basename(folder));
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

const hasExport = (statement: ts.Statement) =>
	ts.canHaveModifiers(statement) &&
	ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

/** Functions, classes and values that a file exports. */
function exportsOf(file: string): string[] {
	return sourceOf(file)
		.statements.filter(hasExport)
		.flatMap((statement) => {
			if (ts.isVariableStatement(statement))
				return statement.declarationList.declarations.map(({ name }) => name.getText());
			const isValue = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
			return isValue && statement.name ? [statement.name.text] : [];
		});
}

function typesOf(file: string): string[] {
	return sourceOf(file)
		.statements.filter(hasExport)
		.flatMap((statement) =>
			ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ? [statement.name.text] : [],
		);
}

test('plans are independent of n8n, and no file needs a package at run time', () => {
	for (const file of files) {
		const outside = importsOf(file).filter((name) => !name.startsWith('.'));
		const allowed = outside.filter(
			(name) => name === 'crypto' || (name === 'n8n-workflow' && !file.startsWith('services/statuspage/plans/')),
		);
		expect([file, outside]).toEqual([file, allowed]);
	}
});

test('shared files name no service', () => {
	const naming = files.filter(
		(file) =>
			file.startsWith('shared/') &&
			/(?<!n8n-nodes-)statuspage|atlassian|scim/i.test(readFileSync(join(ROOT, file), 'utf8')),
	);
	expect(naming).toEqual([]);
});

test('no file uses URL.canParse, which rejects some addresses in Node.js 20', () => {
	const using = files.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('URL.canParse('));
	expect(using).toEqual([]);
});

test('every export is used by another file', () => {
	const project = resolve(ROOT, '..');
	const texts = ['bench', 'credentials', 'nodes', 'scripts', 'test'].flatMap((folder) =>
		readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.m?ts$/.test(name))
			.map((name) => [join(folder, name), readFileSync(join(project, folder, name), 'utf8')] as const),
	);
	const isUsed = (file: string, name: string) =>
		texts.some(([other, text]) => other !== join('nodes', file) && new RegExp(`\\b${name}\\b`).test(text));
	const needless = files.flatMap((file) =>
		exportsOf(file)
			.filter((name) => !isUsed(file, name))
			.map((name) => `${file}: ${name}`),
	);
	expect(needless).toEqual([]);
});

test('a file with one function, class or value is named after it, or after its main type', () => {
	const plain = (name: string) => name.toLowerCase().replace(/_/g, '');
	const misnamed = files
		.filter((file) => !/\/index\.ts$|\.(node|operation)\.ts$/.test(file) && exportsOf(file).length === 1)
		.filter(
			(file) =>
				![...exportsOf(file), ...typesOf(file)].some((name) => {
					const [short, long] = [plain(basename(file, '.ts')), plain(name)].sort((a, b) => a.length - b.length);
					return long.startsWith(short);
				}),
		);
	expect(misnamed).toEqual([]);
});
