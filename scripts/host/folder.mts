import { join } from 'node:path';

export const N8N_VERSION = '2.41.1';
/** The Node that this n8n asks for. */
export const NODE_MAJOR = 24;
export const NODE_VERSION = '24.21.0';

export const CHECKOUT = join(import.meta.dirname, '..', '..');
/** Git-ignored, and dot-named: strict lint and the build look into all other folders. */
export const HOST = join(CHECKOUT, '.n8n-host');
export const N8N_FOLDER = join(HOST, 'n8n');
export const NODE_FOLDER = join(HOST, 'node');
export const STAMP = join(HOST, 'installed.json');
export const LOGS = join(HOST, 'logs');
