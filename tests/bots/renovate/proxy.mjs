// A forward proxy on loopback that answers everything itself, http and https, with certificates of an
// authority that lives as long as the run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

function openssl(folder, ...words) {
  execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

// Signs a certificate for each host that is asked for; one key for all.
export function certificateAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'buildable-authority-'));
  openssl(
    folder,
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'authority.key',
    '-out',
    'authority.pem',
    '-days',
    '2',
    '-subj',
    '/CN=bots test authority',
  );
  openssl(folder, 'req', ...newKey, '-keyout', 'host.key', '-out', 'host.csr', '-subj', '/CN=host');
  const key = readFileSync(join(folder, 'host.key'));
  const contexts = new Map();

  function contextFor(host) {
    if (!contexts.has(host)) {
      writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${host}\n`);
      openssl(
        folder,
        'x509',
        '-req',
        '-in',
        'host.csr',
        '-CA',
        'authority.pem',
        '-CAkey',
        'authority.key',
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        'names',
        '-out',
        'host.pem',
      );
      contexts.set(host, tls.createSecureContext({ key, cert: readFileSync(join(folder, 'host.pem')) }));
    }
    return contexts.get(host);
  }

  return { path: join(folder, 'authority.pem'), contextFor, close: () => rmSync(folder, { recursive: true }) };
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

// `answer(request)` as in answers.mjs. What nobody answers is a 404, and is remembered.
export async function startProxy(authority, answer) {
  const unanswered = [];

  async function handle(scheme, request, response) {
    const url = new URL(request.url, `${scheme}://${request.headers.host}`);
    const body = await readBody(request);
    let found;
    try {
      found = answer({
        method: request.method,
        host: url.host,
        origin: url.origin,
        path: url.pathname,
        query: url.searchParams,
        body,
      });
    } catch (error) {
      found = { status: 500, headers: {}, body: error.stack };
    }
    if (!found || found.status >= 400) unanswered.push(`${request.method} ${url.href}${found ? ` ${found.body}` : ''}`);
    const { status, headers, body: text } = found ?? { status: 404, headers: {}, body: 'not here' };
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  const secure = https.createServer(
    { SNICallback: (host, done) => done(null, authority.contextFor(host)) },
    (request, response) => handle('https', request, response),
  );
  const proxy = http.createServer((request, response) => handle('http', request, response));
  const sockets = new Set();
  proxy.on('connect', (_request, socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    secure.emit('connection', socket);
  });
  secure.on('tlsClientError', (error) => unanswered.push(`TLS: ${error.message}`));
  await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready));

  function close() {
    for (const socket of sockets) socket.destroy();
    proxy.closeAllConnections();
    proxy.close();
  }
  return { address: `http://127.0.0.1:${proxy.address().port}`, unanswered, close };
}
