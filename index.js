// n8n loads what package.json lists under "n8n"; this file only gives `main` something to point at.
module.exports = {};
