// Tool version managers, GitHub's setup actions, and the tools that Renovate itself is told to use.

const javaText = ({ numbers }) => `${numbers.join('.')}+9.0.LTS`;

// Names of the tools, [in .tool-versions, mise, proto], and what Renovate calls them.
const tools = {
  python: { asdf: 'python', mise: 'python', proto: 'python', packages: ['python/cpython', 'python'] },
  node: { asdf: 'nodejs', mise: 'node', proto: 'node', packages: ['node', 'nodejs'] },
  ruby: { asdf: 'ruby', mise: 'ruby', proto: 'ruby', packages: ['ruby-version', 'ruby'] },
  go: { asdf: 'golang', mise: 'go', proto: 'go', packages: ['golang/go', 'go', 'golang'] },
  php: { asdf: 'php', mise: 'php', packages: ['php/php-src', 'php'] },
  java: { asdf: 'java', mise: 'java', packages: ['java-jdk', 'java'] },
  dotnet: { asdf: 'dotnet-core', packages: ['dotnet-sdk', 'dotnet-core'] },
};

function toolManagerRows(points) {
  return Object.entries(tools).flatMap(([runtime, { asdf, mise, proto, packages }]) => {
    const p = points[runtime];
    const java = runtime === 'java';
    const exact = java ? javaText(p) : p.exact;
    const rows = [
      {
        runtime,
        manager: 'asdf',
        file: '.tool-versions',
        packages,
        content: (pin) => `${asdf} ${pin}\n`,
        styles: {
          exact: java ? `temurin-${exact}` : exact,
          'too-high': java || runtime === 'node' ? undefined : p.high,
        },
      },
    ];
    const short = runtime === 'ruby' ? { value: p.minor, silent: 'Renovate skips a minor here' } : p.minor;
    if (mise)
      rows.push({
        runtime,
        manager: 'mise',
        file: 'mise.toml',
        packages,
        content: (pin) => `[tools]\n${mise} = "${pin}"\n`,
        styles: java ? { exact, major: p.major } : { exact, minor: short },
      });
    if (mise)
      rows.push({
        runtime,
        manager: 'mise',
        name: 'mise-folder',
        file: '.config/mise/config.toml',
        packages,
        content: (pin) => `[tools]\n${mise} = "${pin}"\n`,
        styles: { exact },
      });
    if (proto)
      rows.push({
        runtime,
        manager: 'proto',
        file: '.prototools',
        packages,
        content: (pin) => `${proto} = "${pin}"\n`,
        styles: { exact },
      });
    return rows;
  });
}

// Python's are among its own samples.
const condaNames = {
  node: 'nodejs',
  go: 'go',
  ruby: 'ruby',
  php: 'php',
  java: 'openjdk',
  dotnet: 'dotnet-sdk',
  sbt: 'sbt',
};

function condaRows(points) {
  return Object.entries(condaNames).map(([runtime, name]) => {
    const p = points[runtime];
    return {
      runtime,
      manager: 'pixi',
      name: `pixi-${name}`,
      file: 'pixi.toml',
      packages: [name],
      content: (pin) =>
        `[project]\nname = "sample"\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n\n[dependencies]\n${name} = "${pin}"\n`,
      styles: { exact: p.exact, 'exact-equals': `==${p.exact}` },
    };
  });
}

// Names of the packages: in devbox.json, in hermit's bin folder, in lists of releases.
const environmentNames = {
  python: ['python', 'python3', 'python'],
  node: ['nodejs', 'node', 'nodejs'],
  go: ['go', 'go', 'go'],
  ruby: ['ruby', 'ruby', 'ruby'],
  php: ['php', 'php', 'php'],
  java: ['jdk', 'openjdk', 'eclipse-temurin'],
  dotnet: ['dotnet-sdk', undefined, 'dotnet'],
  sbt: ['sbt', 'sbt', undefined],
};

function environmentRows(points) {
  return Object.entries(environmentNames).flatMap(([runtime, [devbox, hermit, list]]) => {
    const p = points[runtime];
    const rows = [
      {
        runtime,
        manager: 'devbox',
        file: 'devbox.json',
        packages: [devbox],
        content: (pin) => `${JSON.stringify({ packages: [`${devbox}@${pin}`] })}\n`,
        styles: { exact: p.exact },
      },
    ];
    if (hermit)
      rows.push({
        runtime,
        manager: 'hermit',
        file: 'bin/hermit',
        packages: [hermit],
        content: () => '#!/bin/sh\n',
        also: { [`.${hermit}-${p.exact}${runtime === 'java' ? '_9' : ''}.pkg`]: '' },
        styles: { exact: '' },
      });
    if (list)
      rows.push({
        runtime,
        manager: 'custom',
        name: 'list-of-releases',
        file: 'versions.env',
        packages: [list],
        coverage: true, // by custom managers
        content: (pin) => `# renovate: datasource=endoflife-date depName=${list}\nVERSION=${pin}\n`,
        styles: { exact: listed(runtime, p) },
      });
    return rows;
  });
}

function listed(runtime, { exact, major }) {
  if (runtime === 'java') return `${exact}+9`;
  return runtime === 'dotnet' ? `${major}.0.0` : exact;
}

const workflow =
  (action, key, extra = '') =>
  (pin) =>
    `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${action}\n        with:\n          ${key}: "${pin}"\n${extra}`;

function setupRows({ python, node, go, java, dotnet, ruby }) {
  const file = '.github/workflows/ci.yml';
  const manager = 'github-actions';
  return [
    {
      runtime: 'python',
      action: 'actions/setup-python@v5',
      key: 'python-version',
      packages: ['actions/python-versions', 'python'],
      styles: { exact: python.exact, minor: python.minor, wildcard: `${python.major}.x`, 'too-high': python.highMinor },
    },
    {
      runtime: 'node',
      action: 'actions/setup-node@v5',
      key: 'node-version',
      packages: ['actions/node-versions', 'node'],
      styles: { exact: node.exact, major: node.major, wildcard: `${node.major}.x` },
    },
    {
      runtime: 'go',
      action: 'actions/setup-go@v5',
      key: 'go-version',
      packages: ['actions/go-versions', 'go'],
      styles: { exact: go.exact, minor: go.minor },
    },
    {
      runtime: 'java',
      action: 'actions/setup-java@v5',
      key: 'java-version',
      extra: '          distribution: temurin\n',
      packages: ['java-jdk', 'java'],
      styles: { major: java.major, exact: javaText(java) },
    },
    {
      runtime: 'dotnet',
      action: 'actions/setup-dotnet@v5',
      key: 'dotnet-version',
      packages: ['dotnet-sdk', 'dotnet'],
      styles: { wildcard: `${dotnet.minor}.x`, exact: dotnet.exact },
    },
    {
      runtime: 'ruby',
      action: 'ruby/setup-ruby@v1',
      key: 'ruby-version',
      packages: ['ruby'],
      styles: { minor: ruby.minor, exact: ruby.exact },
    },
  ].map(({ action, key, extra, ...row }) => ({
    ...row,
    manager,
    name: 'github-setup',
    file,
    content: workflow(action, key, extra),
  }));
}

const bystanders = [
  {
    runtime: 'none',
    manager: 'buildpacks',
    file: 'project.toml',
    packages: [],
    content: (pin) =>
      `[_]\nschema-version = "0.2"\n\n[io.buildpacks]\nbuilder = "heroku/builder:22"\n\n[[io.buildpacks.group]]\nid = "heroku/python"\nversion = "${pin}"\n`,
    styles: { exact: '0.22.0' },
  },
  {
    runtime: 'none',
    manager: 'asdf',
    name: 'asdf-others',
    file: '.tool-versions',
    packages: [],
    content: (pin) => `elixir ${pin}\nrust 1.85.0\n`,
    styles: { exact: '1.17.0' },
  },
];

// A selector with a lock file beside it: Renovate moves the lock alone, within what the selector takes.
const selectorRows = ({ python, node, java }) =>
  Object.entries({ python: [python.minor, python.exact], node: [node.major, node.exact], java: [java.major, java.exact] }).map(
    ([tool, [selector, locked]]) => ({
      runtime: 'none',
      manager: 'mise',
      name: `mise-locked-${tool}`,
      file: 'mise.toml',
      packages: [],
      content: (pin) => `[tools]\n${tool} = "${pin}"\n`,
      also: { 'mise.lock': `[[tools.${tool}]]\nversion = "${locked}"\nbackend = "core:${tool}"\n` },
      styles: { selector },
    }),
  );

// Libraries of which a later release needs a runtime that cannot be built.
const libraryFiles = [
  ['pip_requirements', 'requirements.txt', (pin) => `future-library==${pin}\n`],
  ['npm', 'package.json', (pin) => `${JSON.stringify({ name: 'sample', dependencies: { 'future-library': pin } })}\n`],
  ['bundler', 'Gemfile', (pin) => `source "https://gems.example"\ngem "future-library", "${pin}"\n`],
  [
    'composer',
    'composer.json',
    (pin) => `${JSON.stringify({ name: 'a/sample', require: { 'future/library': pin } })}\n`,
  ],
].map(([manager, file, content]) => ({
  runtime: 'none',
  manager,
  name: `library-${manager}`,
  file,
  packages: [],
  library: true,
  content,
  styles: { exact: '1.0.0' },
}));

// In the settings of the run itself, which replace this file: see plan.mjs.
const constraintRows = Object.entries({
  python: 'python',
  node: 'node',
  ruby: 'ruby',
  php: 'php',
  go: 'golang',
  java: 'java',
  dotnet: 'dotnet',
}).map(([runtime, tool]) => ({
  runtime,
  manager: 'renovate-config',
  name: 'constraints',
  root: true,
  file: 'renovate.json',
  packages: [tool],
  content: () => '{}\n',
  silent: runtime === 'java' ? 'the expression by which config:recommended reads Java takes no constraint' : undefined,
  styles: { exact: '' },
}));

export const toolRows = (points) => [
  ...toolManagerRows(points),
  ...condaRows(points),
  ...environmentRows(points),
  ...setupRows(points),
  ...bystanders,
  ...selectorRows(points),
  ...libraryFiles,
  ...constraintRows,
];
