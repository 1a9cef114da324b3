'use strict';
// Reads the pictures on standard input ({"pictures": [...]}) with Mermaid's own parser, and answers {"problems": [...]}: what is wrong with each, or an empty text.

const fs = require('node:fs');
const vm = require('node:vm');

// The parser cleans labels by a library that looks for a browser; without one it leaves them as they are, and no label is shown here.
globalThis.window = {document: {nodeType: 9, createElement: () => ({})}, Element: class {}};
vm.runInThisContext(fs.readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8'), {filename: 'mermaid.tiny.js'});

async function problem(picture) {
  try {
    await globalThis.mermaid.parse(picture);
    return '';
  } catch (e) {
    return String(e.message || e);
  }
}

async function main() {
  const {pictures} = JSON.parse(fs.readFileSync(0, 'utf8'));
  process.stdout.write(JSON.stringify({problems: await Promise.all(pictures.map(problem))}));
}

main();
