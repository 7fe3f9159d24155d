// ComfyUI's own page in headless Chromium, without a server: its files come from a folder, what it asks is answered here.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';

const ORIGIN = 'http://page.invalid';
const SETTINGS = {
  'Comfy.TutorialCompleted': true, 'Comfy.Workflow.Persist': false, 'Comfy.Locale': 'en', 'Comfy.VueNodes.Enabled': false,
  'Comfy.Workflow.ShowMissingModelsWarning': false, 'Comfy.Workflow.ShowMissingNodesWarning': false
};
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

/** frontend: the folder "static" of comfyui-frontend-package. schema: a file with the answer of GET /object_info. */
export async function open({ frontend, schema, chrome = '/usr/bin/chromium' }) {
  const answers = answersOf(frontend, fs.readFileSync(schema, 'utf8'));
  const browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  let page, uses = 0;

  async function fresh() {
    await page?.context().close().catch(() => {});
    const context = await browser.newContext({ serviceWorkers: 'block' });
    page = await context.newPage();
    page.on('dialog', dialog => dialog.dismiss().catch(() => {}));
    await page.routeWebSocket('**/*', () => {});
    await page.route('**/*', route => answer(route, frontend, answers));
    await page.goto(ORIGIN + '/', { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => {
      const app = window.app ?? window.comfyAPI?.app?.app;
      return app?.canvas && app.vueAppReady !== false && Object.keys(window.LiteGraph?.registered_node_types ?? {}).length > 20;
    }, null, { timeout: 90_000 });
    await page.waitForTimeout(1500); // its default workflow is loaded once more
  }

  return {
    /** What "Export (API)" gives: {prompt}, or {error} if the page fails. */
    async convert(text) {
      if (uses++ % 50 === 0 || page.isClosed()) await fresh();
      let timer;
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('20 s without an answer')), 20_000); });
      try {
        return await Promise.race([page.evaluate(inPage, text), late]);
      } catch (e) {
        uses = 0;
        return { error: String(e.message) };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => browser.close()
  };
}

/** Runs in the page. */
async function inPage(text) {
  const app = window.app ?? window.comfyAPI.app.app;
  const graph = app.rootGraph ?? app.graph;
  const configure = Object.getPrototypeOf(graph).configure;
  let failure = null;
  graph.configure = function (...given) {
    try { return configure.apply(this, given); } catch (e) { failure = e; throw e; }
  };
  const random = Math.random;
  try {
    await app.loadGraphData(JSON.parse(text), true, false, null, { skipAssetScans: true, silentAssetErrors: true, deferWarnings: true });
    if (failure) return { error: 'load: ' + failure };
    Math.random = () => 0; // of {a|b} the first
    return { prompt: JSON.parse(JSON.stringify((await app.graphToPrompt()).output)) };
  } catch (e) {
    return { error: String(e) };
  } finally {
    Math.random = random;
    delete graph.configure;
  }
}

function answersOf(frontend, schema) {
  const scripts = folder => fs.readdirSync(path.join(frontend, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? scripts(folder + '/' + entry.name) : entry.name.endsWith('.js') ? ['/' + folder + '/' + entry.name] : []);
  return {
    '/api/object_info': schema,
    '/api/settings': JSON.stringify(SETTINGS),
    '/api/extensions': JSON.stringify(scripts('extensions')),
    '/api/users': '{"storage": "server", "migrated": true}',
    '/api/system_stats': '{"system": {"os": "linux", "argv": [], "python_version": "", "comfyui_version": "", "ram_total": 0, "ram_free": 0}, "devices": []}',
    '/api/queue': '{"queue_running": [], "queue_pending": []}',
    '/api/userdata': '[]', '/api/embeddings': '[]', '/api/experiment/models': '[]', '/api/workflow_templates': '{}'
  };
}

function answer(route, frontend, answers) {
  const url = new URL(route.request().url());
  if (url.origin !== ORIGIN) return route.abort();
  if (url.pathname in answers && route.request().method() === 'GET')
    return route.fulfill({ contentType: 'application/json', body: answers[url.pathname] });
  const inner = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname.replace(/^\/api\/extensions\//, '/extensions/'));
  const file = path.join(frontend, inner);
  if (file.startsWith(path.resolve(frontend)) && fs.existsSync(file) && fs.statSync(file).isFile())
    return route.fulfill({ contentType: TYPES[path.extname(file)], body: fs.readFileSync(file) });
  if (url.pathname.startsWith('/api/userdata/')) return route.fulfill({ status: 404, body: '' });
  return url.pathname.startsWith('/api/') ? route.fulfill({ json: {} }) : route.fulfill({ status: 404, body: '' });
}
