// Python's own pin files.

const notListed = 'upstream has no such release';
const openEnded = 'a range without an upper end already admits everything';

const pyproject = (pin) => `[project]\nname = "sample"\nversion = "1.0"\nrequires-python = "${pin}"\n`;
const poetry = (pin) =>
  `[tool.poetry]\nname = "sample"\nversion = "1.0"\n\n[tool.poetry.dependencies]\npython = "${pin}"\n`;
const pixi = (pin) =>
  `[project]\nname = "sample"\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n\n[dependencies]\npython = "${pin}"\n`;

function pep440(p) {
  return {
    exact: `==${p.exact}`,
    wildcard: `==${p.series}.*`,
    compatible: `~=${p.series}.0`,
    bounded: `>=${p.series},<${p.after}`,
    'bounded-exclusion': {
      value: `>=${p.series},!=${p.exact},<${p.after}`,
      silent: 'Renovate does not change a range with an exclusion',
    },
    'at-least': { value: `>=${p.series}`, silent: openEnded },
    prerelease: `==${p.highPrerelease}`,
    'too-high': `==${p.high}`,
    'too-high-wildcard': `==${p.highMinor}.*`,
    unlisted: { value: '==3.99.0', silent: notListed },
  };
}

export function pythonRows({ python: p }) {
  const runtime = 'python';
  return [
    {
      runtime,
      manager: 'pyenv',
      file: '.python-version',
      packages: ['python'],
      content: (pin) => `${pin}\n`,
      styles: {
        exact: p.exact,
        minor: p.minor,
        major: p.major,
        newest: p.newest,
        incident: '3.13.9',
        partial: '3.9',
        'too-high': p.high,
        'too-high-minor': p.highMinor,
        prerelease: p.highPrerelease,
        unlisted: { value: '3.99.0', silent: notListed },
      },
    },
    {
      runtime,
      manager: 'runtime-version',
      file: 'runtime.txt',
      packages: ['python'],
      content: (pin) => `python-${pin}`,
      styles: { exact: p.exact, 'too-high': p.high },
    },
    {
      runtime,
      manager: 'pep621',
      file: 'pyproject.toml',
      packages: ['python'],
      content: pyproject,
      styles: pep440(p),
    },
    {
      runtime,
      manager: 'pep621',
      name: 'pep621-uv',
      file: 'pyproject.toml',
      packages: ['python'],
      content: (pin) => `${pyproject(pin)}dependencies = ["requests==2.31.0"]\n`,
      also: { 'uv.lock': 'version = 1\nrequires-python = ">=3.9"\n' },
      styles: { wildcard: `==${p.series}.*`, bounded: `>=${p.series},<${p.after}` },
    },
    {
      runtime,
      manager: 'poetry',
      file: 'pyproject.toml',
      packages: ['python'],
      content: poetry,
      styles: {
        exact: p.exact,
        caret: `^${p.series}`,
        tilde: `~${p.series}`,
        wildcard: `${p.series}.*`,
        bounded: `>=${p.series},<${p.after}`,
        either: `${p.series}.* || ${p.newer}.*`,
        'at-least': { value: `>=${p.series}`, silent: openEnded },
        'too-high': p.high,
        'too-high-tilde': `~${p.highMinor}`,
      },
    },
    {
      runtime,
      manager: 'pixi',
      file: 'pixi.toml',
      packages: ['python'],
      content: pixi,
      styles: {
        exact: p.exact,
        'exact-equals': `==${p.exact}`,
        wildcard: `${p.series}.*`,
        bounded: `>=${p.series},<${p.after}`,
      },
    },
    {
      runtime,
      manager: 'regex',
      name: 'coverage-runtime',
      file: 'runtime.txt',
      packages: ['python'],
      coverage: true,
      content: (pin) => `python-${pin}\n`,
      styles: { exact: p.exact, minor: p.minor },
    },
    {
      runtime,
      manager: 'regex',
      name: 'coverage-comment',
      file: '.python-version',
      packages: ['python'],
      coverage: true,
      content: (pin) => `# why\n${pin}\n`,
      styles: { exact: p.exact, minor: p.minor },
    },
    {
      runtime,
      manager: 'regex',
      name: 'coverage-pipfile',
      file: 'Pipfile',
      packages: ['python'],
      coverage: true,
      content: (pin) =>
        `[packages]\n\n[requires]\n${/\d\.\d+\.\d/.test(pin) ? 'python_full_version' : 'python_version'} = "${pin}"\n`,
      styles: { exact: p.exact, minor: p.minor },
    },
  ];
}
