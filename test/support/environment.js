const { mkdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// One folder per Jest worker. The next run uses it again.
const folder = join(tmpdir(), `n8n-nodes-statuspage-${process.env.JEST_WORKER_ID}`);
mkdirSync(folder, { recursive: true });
process.env.N8N_USER_FOLDER ??= folder;
process.env.N8N_ENCRYPTION_KEY ??= 'tests';
// n8n's engine logs every node error, and many tests cause errors on purpose.
process.env.N8N_LOG_LEVEL ??= 'silent';
