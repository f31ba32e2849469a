// The page in a real browser: served, and as a file of the tree.
'use strict';
const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [program, screenshots, executablePath] = process.argv.slice(2);
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'buildable-browser-'));
let browser;
let service;
let served; // the address of the service
let files; // a server of the tree's files that knows no questions
let tree; // its address

// Starts the service on a free port and waits until it says which.
function startService() {
  fs.writeFileSync(path.join(place, 'buildable.toml'), '[serve]\nrefresh_seconds = 0\n');
  service = spawn(program, ['serve', '--listen', '127.0.0.1:0'], { cwd: place });
  return new Promise((resolve, reject) => {
    let said = '';
    service.stderr.on('data', (text) => {
      said += text;
      const address = said.match(/http:\/\/\S+/);
      if (address) resolve(address[0]);
    });
    service.on('exit', (code) => reject(new Error(`the service ended with ${code}: ${said}`)));
  });
}

function serveFiles(directory) {
  const types = { '.html': 'text/html; charset=utf-8', '.json': 'application/json' };
  files = http.createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname.replace(/\/$/, '/index.html');
    fs.readFile(path.join(directory, name), (error, content) => {
      response.writeHead(error ? 404 : 200, { 'Content-Type': types[path.extname(name)] || 'text/plain' });
      response.end(error ? '' : content);
    });
  });
  return new Promise((resolve) => {
    files.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${files.address().port}/`));
  });
}

before(async () => {
  fs.mkdirSync(screenshots, { recursive: true });
  served = await startService();
  const out = path.join(place, 'tree');
  assert.equal(spawnSync(program, ['generate', '--quiet', '--out', out]).status, 0);
  tree = await serveFiles(out);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});

after(async () => {
  if (browser) await browser.close();
  if (files) files.close();
  if (service) {
    service.removeAllListeners('exit');
    service.kill('SIGTERM');
  }
  fs.rmSync(place, { recursive: true, force: true });
});

// Opens the address; what the page says on the console or fails to load is a failure.
async function withPage(options, address, use) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('requestfailed', (request) => wrong.push(`${request.url()} failed`));
  page.on('request', (request) => {
    const url = request.url();
    if (![served, tree, 'data:'].some((good) => url.startsWith(good))) wrong.push(`${url} is elsewhere`);
  });
  try {
    await page.goto(address);
    await use(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

async function shoot(page, name) {
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
}

// What axe-core finds wrong with the page as it stands.
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
}

async function ask(page, question) {
  await page.fill('#q', question);
}

test('loads: a matrix of runtimes and tracks, headings in order, labels', async () => {
  await withPage({}, served, async (page) => {
    assert.match(await page.title(), /can build$/);
    const columns = await page.$$eval('table.matrix thead th', (all) => all.map((th) => th.textContent));
    assert.deepEqual(columns, ['Runtime', 'default', 'latest']);
    assert.ok(await page.locator('table.matrix tbody tr').count() > 5);
    assert.equal(await page.locator('#deprecated').count(), 1);
    assert.equal(await page.locator('h1').count(), 1);
    const levels = await page.$$eval('h1, h2, h3, h4', (all) => all.map((h) => Number(h.tagName[1])));
    levels.reduce((last, level) => {
      assert.ok(level <= last + 1, `h${level} after h${last}`);
      return level;
    }, 0);
    assert.equal(await page.getByLabel(/^Can .* build it\?$/).count(), 1);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await shoot(page, 'wide');
  });
});

test('the page is below 100 kB, uncompressed', async () => {
  const text = await (await fetch(served, { headers: { 'Accept-Encoding': 'identity' } })).text();
  assert.ok(Buffer.byteLength(text) < 100000, String(Buffer.byteLength(text)));
});

test('answers as one types', async () => {
  await withPage({}, served, async (page) => {
    await ask(page, 'python 3.14');
    await page.waitForSelector('#answer .verdict .buildable');
    assert.match(await page.textContent('#answer'), /Python 3\.14/);
    await ask(page, 'node 99');
    await page.waitForSelector('#answer .verdict .unbuildable');
    await ask(page, 'pyton 3');
    await page.waitForFunction(() => /Did you mean/.test(document.getElementById('answer').textContent));
    await ask(page, '');
    await page.waitForFunction(() => document.getElementById('answer').textContent.trim() === '');
    await ask(page, '<img src=x onerror=alert(1)>');
    await page.waitForFunction(() => /No runtime/.test(document.getElementById('answer').textContent));
    await ask(page, '{ "engines": { "node": "22.x" } }');
    await page.waitForFunction(() => /Node\.js 22\.x/.test(document.getElementById('answer').textContent));
    await ask(page, 'Node.js v22');
    await page.waitForFunction(() => /Node\.js v22/.test(document.getElementById('answer').textContent));
    await page.locator('.hint a').first().click();
    await page.waitForSelector('#answer .verdict .buildable');
    assert.equal(page.url(), served);
    await ask(page, 'python 3.15');
    await page.waitForFunction(() => /expect it around/.test(document.getElementById('answer').textContent));
    await shoot(page, 'answer');
  });
});

test('answers without a script', async () => {
  await withPage({ javaScriptEnabled: false }, served, async (page) => {
    await ask(page, 'python 3.14');
    await page.click('form button');
    await page.waitForURL(/\?q=python\+3\.14$/);
    assert.match(await page.textContent('#answer'), /yes/);
    assert.equal(await page.inputValue('#q'), 'python 3.14');
    assert.equal(await page.locator('.copy:visible').count(), 0);
    assert.ok((await page.textContent('#use')).includes(`${served}default.json`));
    assert.equal((await page.textContent('#use')).includes('./'), false);
    await page.locator('.hint a').first().click();
    await page.waitForURL(/\?q=/);
    await shoot(page, 'without-script');
  });
});

test('the file of the tree answers by itself', async () => {
  await withPage({}, tree, async (page) => {
    await ask(page, 'python 3.14');
    await page.waitForSelector('#answer .verdict .buildable');
    await ask(page, 'python 3.99.0');
    await page.waitForFunction(() => /not listed/.test(document.getElementById('answer').textContent));
    await ask(page, 'nothing 1');
    await page.waitForFunction(() => /No runtime/.test(document.getElementById('answer').textContent));
    await page.keyboard.press('Enter');
    assert.equal(page.url(), tree);
    assert.ok((await page.textContent('#use')).includes(`${tree}default.json`));
  });
  await withPage({ javaScriptEnabled: false }, tree, async (page) => {
    assert.equal(await page.isVisible('#search'), false);
  });
});

// Relative luminance and contrast as WCAG 2 defines them.
const contrast = (a, b) => {
  const light = (colour) => {
    const [r, g, b2] = colour.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b2;
  };
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

for (const colorScheme of ['light', 'dark']) {
  test(`${colorScheme}: text stands out from what is behind it`, async () => {
    await withPage({ colorScheme }, `${served}?q=node+99`, async (page) => {
      const pairs = await page.$$eval('p, td, th, a, code, button, input, label, .verdict span, figcaption', (all) =>
        all.map((element) => {
          let behind = element;
          while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
          const back = behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)';
          return [getComputedStyle(element).color, back, element.outerHTML.slice(0, 80)];
        }));
      for (const [text, back, what] of pairs)
        assert.ok(contrast(text, back) >= 4.5, `${what}: ${text} on ${back}`);
      const [r] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g));
      assert.equal(Number(r) < 128, colorScheme === 'dark');
      await shoot(page, colorScheme === 'dark' ? 'dark' : 'unbuildable');
    });
  });
}

test('360 px: nothing is wider than the screen, no row is three lines high', async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, `${served}?q=python+3.14`, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    assert.ok(await page.isVisible('#answer'));
    const tall = await page.$$eval('table.matrix tbody tr', (rows) => rows
      .filter((row) => row.getBoundingClientRect().height >= 3 * parseFloat(getComputedStyle(row).lineHeight))
      .map((row) => row.textContent));
    assert.deepEqual(tall, []);
    await shoot(page, 'phone');
  });
});

// What a browser without JavaScript shows; axe-core itself needs it.
async function takeScriptsOut(context) {
  await context.route('**/*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script>[\s\S]*?<\/script>/g, '');
    await route.fulfill({ response, body });
  });
}

for (const [name, options] of Object.entries({ wide: {}, dark: { colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 } }, 'without a script': {} })) {
  test(`axe-core finds nothing wrong: ${name}`, async () => {
    const context = await browser.newContext(options);
    if (name === 'without a script') await takeScriptsOut(context);
    const page = await context.newPage();
    for (const address of [served, `${served}?q=python+3.15`, `${served}nothing`]) {
      await page.goto(address);
      await page.$$eval('details', (all) => all.forEach((each) => { each.open = true; }));
      assert.deepEqual(await violations(page), [], address);
    }
    await context.close();
  });
}

test('timelines: upstream above, the tracks below, inside of the page', async () => {
  await withPage({}, served, async (page) => {
    const pictures = page.locator('#pace svg[role=img]');
    assert.ok(await pictures.count() > 5);
    assert.match(await page.textContent('#pace'), /3\.14: \d+ days to default, \d+ days to latest/);
    const width = await page.evaluate(() => document.documentElement.clientWidth);
    for (const box of [await pictures.first().boundingBox(), await pictures.last().boundingBox()])
      assert.ok(box.width > 300 && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
  });
});

test('a row of the matrix opens its details', async () => {
  await withPage({}, served, async (page) => {
    assert.equal(await page.locator('details#java').getAttribute('open'), null);
    await page.click('table.matrix a[href="#java"]');
    await page.waitForSelector('details#java[open]');
    const text = await page.textContent('details#java');
    assert.match(text, /8, 11, 17, 21 to 26/);
  });
});

test('snippets are copied, with the address of this page', async () => {
  await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, served, async (page) => {
    await page.locator('.copy').first().click();
    await page.waitForFunction(() => document.querySelector('.copy').textContent === 'Copied');
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    assert.deepEqual(copied.extends, ['config:recommended', `${served}default.json`]);
  });
});

test('at an unknown address persons get a page, programs problem+json', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answer = await page.goto(`${served}default.jsn`);
  assert.equal(answer.status(), 404);
  assert.match(await page.textContent('main'), /Did you mean \/default\.json/);
  await shoot(page, 'not-found');
  await context.close();
  const program = await fetch(`${served}default.jsn`, { headers: { Accept: 'application/json' } });
  assert.equal(program.status, 404);
  assert.match(program.headers.get('content-type'), /problem\+json/);
});

test('by keyboard alone', async () => {
  await withPage({}, served, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
    await page.keyboard.type('go 1.24');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?q=go\+1\.24$/);
    assert.ok(await page.locator('#answer .verdict').count() > 0);
  });
});
