// node mutate.mjs FOLDER OUT COUNT SEED    writes COUNT copies of the folder's workflows, each with a few random edits, to OUT
import fs from 'node:fs';
import path from 'node:path';

const [folder, out, count, seed] = process.argv.slice(2);
if (!seed) {
  console.error('usage: node mutate.mjs FOLDER OUT COUNT SEED');
  process.exit(2);
}
let state = Number(seed) >>> 0;
const random = () => { // mulberry32: the same copies from the same seed
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const pick = list => list[Math.floor(random() * list.length)];

const VALUES = [0, -1, 1, 7.5, 100, 2 ** 53, '', 'x', '12', 'a {b|c} // d', true, false, null, [], [1, 2], {}, 'euler', '%date:yyyy%'];
const TYPES = ['*', 'IMAGE', 'MODEL', 'LATENT', 'INT', 'STRING', 'IMAGE,MASK', 'CONDITIONING'];
const EDITS = {
  mute: node => { node.mode = 2; },
  bypass: node => { node.mode = 4; },
  otherMode: node => { node.mode = pick([0, 1, 3]); },
  noMode: node => { delete node.mode; },
  value: node => { if (node.widgets_values?.length) node.widgets_values[Math.floor(random() * node.widgets_values.length)] = pick(VALUES); },
  fewerValues: node => { if (node.widgets_values?.length) node.widgets_values.length = Math.floor(random() * node.widgets_values.length); },
  moreValues: node => { if (Array.isArray(node.widgets_values)) node.widgets_values.push(pick(VALUES), pick(VALUES)); },
  noValues: node => { delete node.widgets_values; },
  cutInput: node => { const input = pick(node.inputs ?? []); if (input) input.link = null; },
  noInputs: node => { delete node.inputs; },
  dropInput: node => { if (node.inputs?.length) node.inputs.splice(Math.floor(random() * node.inputs.length), 1); },
  swapInputs: node => { node.inputs?.reverse(); },
  inputType: node => { const input = pick(node.inputs ?? []); if (input) input.type = pick(TYPES); },
  outputType: node => { const output = pick(node.outputs ?? []); if (output) output.type = pick(TYPES); },
  noOutputs: node => { delete node.outputs; },
  title: node => { node.title = pick(['A', '', 'B c']); },
  noProperties: node => { delete node.properties; },
  rename: node => { if (random() < 0.2) node.type = 'NoSuchNode'; },
  relink: (node, graph) => { // an input takes what another of its type takes, by a link of its own
    const links = graph.links ?? [];
    const ofId = id => links.find(each => (each.id ?? each[0]) === id);
    const taken = (graph.nodes ?? []).flatMap(each => each.inputs ?? []).filter(each => each.link != null && ofId(each.link));
    const slot = Math.floor(random() * (node.inputs?.length ?? 0));
    const other = node.inputs?.[slot] && pick(taken.filter(each => each.type === node.inputs[slot].type));
    if (!other) return;
    const id = Math.max(...links.map(each => each.id ?? each[0])) + 1;
    const old = ofId(other.link);
    links.push(Array.isArray(old) ? [id, old[1], old[2], node.id, slot, old[5]] : { ...old, id, target_id: node.id, target_slot: slot });
    node.inputs[slot].link = id;
  },
  bypassChain: (node, graph) => { // with all that feeds it
    const links = graph.links ?? [];
    let current = node;
    for (let i = 0; i < 4 && current; i++) {
      current.mode = 4;
      const link = links.find(each => (each.id ?? each[0]) === current.inputs?.find(input => input.link != null)?.link);
      const origin = link && (link.origin_id ?? link[1]);
      current = graph.nodes.find(each => each.id === origin);
    }
  },
  remove: (node, graph) => { // as the page does it: with its links
    const links = graph.links ?? [];
    const gone = new Set(links.filter(each => [each.origin_id ?? each[1], each.target_id ?? each[3]].includes(node.id)).map(each => each.id ?? each[0]));
    graph.links = links.filter(each => !gone.has(each.id ?? each[0]));
    graph.nodes = graph.nodes.filter(each => each !== node);
    for (const each of graph.nodes) for (const input of each.inputs ?? []) if (gone.has(input.link)) input.link = null;
  },
  tear: (node, graph) => { if (random() < 0.1) graph.nodes = graph.nodes.filter(each => each !== node); } // and leave its links
};

fs.mkdirSync(out, { recursive: true });
const names = fs.readdirSync(folder).filter(name => name.endsWith('.json') && !name.endsWith('.api.json')).sort();
let made = 0;
while (made < Number(count)) {
  const name = pick(names);
  const workflow = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  if (!workflow.nodes?.length) continue;
  const edits = [];
  for (let i = 1 + Math.floor(random() * 5); i > 0; i--) {
    const graph = random() < 0.5 ? workflow : pick(workflow.definitions?.subgraphs ?? []) ?? workflow;
    const node = pick(graph.nodes ?? []);
    const edit = pick(Object.keys(EDITS));
    if (node) EDITS[edit](node, graph);
    if (node) edits.push(`${edit} ${node.id} ${node.type}`);
  }
  workflow.extra = { ...workflow.extra, edits };
  fs.writeFileSync(path.join(out, `${seed}-${String(made++).padStart(4, '0')}.json`), JSON.stringify(workflow));
}
