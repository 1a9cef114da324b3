'use strict';
// Does what it is told, one JSON object a line on standard input, and answers each with a line on standard output: {"value": ...} or {"error": {...}}.
const readline = require('node:readline');
const storage = require('./storage.js');
const sts = require('./sts.js');
const credentials = require('./credentials.js');

// The clients warn on standard output, which belongs to the answers.
console.log = console.warn = console.info = console.error;

const operations = { ...storage, ...sts, ...credentials };

function described(error) {
  const known = { code: error.code || error.name, status: error.status || error.statusCode || 0, message: error.message };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, String(value)]));
}

async function answer(line) {
  const { operation, settings, given } = JSON.parse(line);
  try {
    return { value: (await operations[operation](settings, given)) ?? '' };
  } catch (error) {
    return { error: described(error) };
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(line)) + '\n');
  }
  // Connections that are kept alive would keep the process too.
  process.exit(0);
}

main();
