const { mkdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// One folder a worker, used again by the next run.
const folder = join(tmpdir(), `n8n-nodes-statuspage-${process.env.JEST_WORKER_ID}`);
mkdirSync(folder, { recursive: true });
process.env.N8N_USER_FOLDER ??= folder;
process.env.N8N_ENCRYPTION_KEY ??= 'tests';
// n8n's engine logs every node that ends with an error: here that is what is tested.
process.env.N8N_LOG_LEVEL ??= 'silent';
