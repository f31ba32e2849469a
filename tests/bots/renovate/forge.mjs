// A stand-in for a code host: one repository behind as much of Gitea's interface as Renovate needs to
// make pull requests. The repository itself is a bare one on disk, and git does the rest.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

export const forge = 'https://forge.example';
export const repositoryName = 'tools/sample';
const api = `/api/v1/repos/${repositoryName}`;

const git = (folder, ...words) =>
  execFileSync('git', ['-C', folder, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 27,
  });

const bot = { id: 1, login: 'bot', full_name: 'Bot', email: 'bot@forge.example' };
const json = (value, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

function describe(folder) {
  return {
    id: 1,
    allow_merge_commits: true,
    clone_url: `file://${folder}`,
    default_branch: 'main',
    empty: false,
    full_name: repositoryName,
    has_issues: false,
    has_pull_requests: true,
    owner: bot,
    permissions: { admin: true, pull: true, push: true },
  };
}

// A repository with these files on its branch, what was opened there, and how to answer for it.
export function startForge(folder, sources) {
  const bare = `${folder}/sample.git`;
  mkdirSync(folder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  git(folder, 'clone', '--quiet', bare, 'work');
  const work = `${folder}/work`;
  const commit = (message) =>
    git(work, '-c', 'user.name=author', '-c', 'user.email=author@forge.example', 'commit', '--quiet', '-m', message);
  execFileSync('cp', ['-R', `${sources}/.`, work]);
  git(work, 'add', '--force', '--all');
  commit('What is pinned');
  git(work, 'push', '--quiet', 'origin', 'HEAD:main');
  const pulls = [];

  function open({ title, body, head, base }) {
    const now = new Date().toISOString();
    pulls.push({
      number: pulls.length + 1,
      state: 'open',
      title,
      body,
      mergeable: true,
      merged: false,
      created_at: now,
      updated_at: now,
      base: { ref: base },
      head: { label: head, sha: git(bare, 'rev-parse', head).trim(), repo: { full_name: repositoryName } },
      user: bot,
      labels: [],
    });
    return json(pulls.at(-1), 201);
  }

  function update(number, changes) {
    Object.assign(pulls[number - 1], changes);
    return json(pulls[number - 1]);
  }

  const routes = [
    [/^GET \/api\/v1\/user$/, () => json(bot)],
    [/^GET \/api\/v1\/version$/, () => json({ version: '1.22.0' })],
    [new RegExp(`^GET ${api}$`), () => json(describe(bare))],
    [new RegExp(`^GET ${api}/pulls$`), () => json([...pulls].reverse())],
    [new RegExp(`^POST ${api}/pulls$`), (_, body) => open(JSON.parse(body))],
    [new RegExp(`^GET ${api}/pulls/(\\d+)$`), ([number]) => json(pulls[number - 1])],
    [new RegExp(`^PATCH ${api}/pulls/(\\d+)$`), ([number], body) => update(number, JSON.parse(body))],
    [new RegExp(`^GET ${api}/commits/.+/statuses$`), () => json([])],
    [new RegExp(`^POST ${api}/statuses/.+$`), () => json({}, 201)],
    [new RegExp(`^GET ${api}/labels$`), () => json([])],
  ];

  function answer({ origin, method, path, body }) {
    if (origin !== forge) return undefined;
    for (const [shape, reply] of routes) {
      const match = `${method} ${path}`.match(shape);
      if (match) return reply(match.slice(1), body);
    }
    return json({ message: 'not here' }, 404);
  }

  return {
    pulls,
    answer,
    // What a pull request changes: {path: text afterwards}.
    changesOf({ head }) {
      const names = git(bare, 'diff', '--name-only', '-z', `main...${head.label}`).split('\0').filter(Boolean);
      return Object.fromEntries(names.map((name) => [name, git(bare, 'show', `${head.label}:${name}`)]));
    },
    // Merges all of them, and puts the repository's files into a folder.
    mergeInto(target) {
      git(work, 'fetch', '--quiet', 'origin');
      for (const { head } of pulls)
        git(
          work,
          '-c',
          'user.name=author',
          '-c',
          'user.email=author@forge.example',
          'merge',
          '--quiet',
          '--no-edit',
          `origin/${head.label}`,
        );
      execFileSync('cp', ['-R', `${work}/.`, target]);
      execFileSync('rm', ['-rf', `${target}/.git`]);
    },
  };
}
