// node sweep.mjs answer FOLDER        writes NAME.api.json beside each NAME.json of the folder; NAME.api.error where the page fails
// node sweep.mjs judge FOLDER OURS    compares OURS/NAME.api.json (of `comfyeks convert FOLDER -o OURS`) with the page's answer
// FRONTEND: the folder "static" of an installed comfyui-frontend-package. SCHEMA: a saved answer of GET /object_info.
import { open } from './page.mjs';
import fs from 'node:fs';
import path from 'node:path';

const [what, folder, ours] = process.argv.slice(2);
if (!['answer', 'judge'].includes(what) || !folder || (what === 'judge') !== Boolean(ours) || !process.env.FRONTEND || !process.env.SCHEMA) {
  console.error('usage: FRONTEND=DIR SCHEMA=FILE node sweep.mjs answer FOLDER | judge FOLDER OURS');
  process.exit(2);
}
const page = await open({ frontend: path.resolve(process.env.FRONTEND), schema: process.env.SCHEMA, chrome: process.env.CHROMIUM });
const names = fs.readdirSync(folder).filter(name => /(?<!\.(api|right))\.json$/.test(name)).map(name => name.slice(0, -'.json'.length)).sort();
const counts = { exact: 0, different: 0, 'refused by us only': 0, 'refused by the page only': 0, 'refused by both': 0 };

for (const name of names) {
  const text = fs.readFileSync(path.join(folder, name + '.json'), 'utf8');
  const { prompt, error } = await page.convert(text);
  if (what === 'answer') {
    const target = path.join(folder, name + '.api.');
    fs.rmSync(target + 'json', { force: true });
    fs.rmSync(target + 'error', { force: true });
    fs.writeFileSync(target + (prompt ? 'json' : 'error'), prompt ? JSON.stringify(prompt, null, 2) + '\n' : error.split('\n')[0] + '\n');
    console.log(name, prompt ? Object.keys(prompt).length + ' nodes' : error.split('\n')[0]);
  } else {
    const verdict = judge(prompt, error, path.join(ours, name));
    counts[verdict.is]++;
    if (verdict.why) console.log(`${verdict.is}: ${name}: ${verdict.why}`);
  }
}
if (what === 'judge') console.log(Object.entries(counts).map(([is, count]) => `${is} ${count}`).join(', '));
await page.close();

function judge(prompt, error, base) {
  const mine = fs.existsSync(base + '.api.json') ? JSON.parse(fs.readFileSync(base + '.api.json', 'utf8')) : null;
  const why = fs.existsSync(base + '.error') ? fs.readFileSync(base + '.error', 'utf8').trim() : 'no output';
  const unusable = prompt && Object.values(prompt).some(node => !node.class_type); // no server takes it, so we refuse it
  if (!mine) return !prompt || unusable ? { is: 'refused by both' } : { is: 'refused by us only', why };
  if (!prompt) return { is: 'refused by the page only', why: error };
  const differences = compare(prompt, mine);
  return differences.length ? { is: 'different', why: differences.slice(0, 3).join('; ') } : { is: 'exact' };
}

function compare(page, mine) {
  const found = [...Object.keys(page).filter(id => !(id in mine)).map(id => `node ${id} (${page[id].class_type}) is missing`),
    ...Object.keys(mine).filter(id => !(id in page)).map(id => `node ${id} (${mine[id].class_type}) is too many`)];
  for (const id of Object.keys(page).filter(id => id in mine)) {
    if (page[id].class_type !== mine[id].class_type) found.push(`node ${id} is a ${page[id].class_type}, not a ${mine[id].class_type}`);
    for (const input of new Set([...Object.keys(page[id].inputs), ...Object.keys(mine[id].inputs)])) {
      const [theirs, own] = [page[id].inputs[input], mine[id].inputs[input]];
      if (!same(theirs, own)) found.push(`node ${id} (${page[id].class_type}) ${input}: page ${brief(theirs)}, ours ${brief(own)}`);
    }
  }
  return found;
}

function same(a, b) {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => key in b && same(a[key], b[key]));
}

function brief(value) {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
