import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../host/install.mts';

/** A parameter as the built node describes it. */
export interface Property {
	name: string;
	displayName: string;
	type: string;
	default?: unknown;
	options?: Array<{ value?: unknown; action?: string; description?: string }>;
	displayOptions?: { show?: Record<string, unknown[] | undefined> };
}

/** The parameters of the Statuspage node in dist. */
export function builtProperties(): Property[] {
	const load = createRequire(import.meta.url);
	const { Statuspage } = load(join(ROOT, 'dist', 'nodes', 'Statuspage', 'Statuspage.node.js')) as {
		Statuspage: new () => { description: { properties: Property[] } };
	};
	return new Statuspage().description.properties;
}
