const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-nodes-statuspage-'));
process.env.N8N_ENCRYPTION_KEY ??= 'tests';
// n8n's engine logs every node that ends with an error: here that is what is tested.
process.env.N8N_LOG_LEVEL ??= 'silent';
