/** A failure that one sentence explains: it is shown without a stack. */
export class Sentence extends Error {}

/** Shows why a command ends, and makes its exit code 1. */
export function explain(error: unknown): void {
	console.error(error instanceof Sentence ? `✗ ${error.message}` : error);
	process.exitCode = 1;
}
