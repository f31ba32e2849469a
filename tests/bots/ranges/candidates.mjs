// Which versions are asked about: every release that some known state names, the bounds of every set,
// their neighbours, prereleases, and the short and decorated spellings that registries use.

const schemeOf = {
  python: 'pep440', node: 'semver', sbt: 'semver', go: 'go', php: 'composer', ruby: 'ruby',
  java: 'java', dotnet: 'dotnet', maven: 'maven',
};

// Variants of images, by runtime; the version in front of them is what counts.
const variants = {
  python: ['-slim', '-slim-bookworm', '-alpine3.20', '-windowsservercore-ltsc2022'],
  node: ['-slim', '-alpine', '-bookworm-slim', '-trixie'],
  go: ['-alpine3.22', '-bookworm', '-nanoserver-ltsc2022'],
  php: ['-cli', '-fpm-alpine', '-apache-bookworm', '-zts'],
  ruby: ['-slim', '-alpine3.22', '-slim-trixie'],
  java: ['-jdk', '-jre-alpine', '-jdk-noble', '-al2023', '-ubuntu'],
  dotnet: ['-noble', '-alpine3.22', '-bookworm-slim-amd64', '-azurelinux3.0', '-nanoserver-1809'],
};

const prereleaseWords = {
  pep440: [['a', '1'], ['b', '2'], ['rc', '1']],
  semver: [['rc', '1'], ['nightly', '20260101'], ['alpha', '0']],
  go: [['beta', '1'], ['rc', '1']],
  composer: [['alpha', '1'], ['beta', '2'], ['RC', '1']],
  ruby: [['preview', '1'], ['rc', '1']],
  java: [['ea', '']],
  dotnet: [['preview', '1.25000.1'], ['rc', '2.25500.9']],
  maven: [['alpha', '1'], ['rc', '2']],
  sbt: [['alpha12', ''], ['M3', ''], ['RC1', '']],
};

// The canonical text of a prerelease, as the runtime's own scheme writes it.
function canonicalPrerelease(scheme, numbers, word, count) {
  const dotted = numbers.join('.');
  if (scheme === 'pep440' || scheme === 'go' || scheme === 'composer') return dotted + word + count;
  if (scheme === 'ruby') return `${dotted}.${word}${count}`;
  if (scheme === 'maven') return `${dotted}-${word}-${count}`;
  return count ? `${dotted}-${word}.${count}` : `${dotted}-${word}`;
}

const keyOf = (numbers) => numbers.join('.');

function filledUp(numbers, count = 3) {
  return [...numbers, ...Array(Math.max(0, count - numbers.length)).fill(0)];
}

// Next and previous patch, a far patch, next minor and major; in .NET the next feature band.
function neighbours(scheme, [major, minor, patch, ...rest]) {
  const near = [
    [major, minor, patch + 1], [major, minor, patch + 40], [major, minor + 1, 0],
    [major + 1, 0, 0], [major, minor, 0],
  ];
  if (patch > 0) near.push([major, minor, patch - 1]);
  if (minor > 0) near.push([major, minor - 1, 99]);
  if (scheme === 'dotnet') near.push([major, minor, patch - (patch % 100) + 100]);
  if (scheme === 'java') near.push([major, minor, patch, (rest[0] ?? 0) + 1]);
  return near;
}

const versionText = /^(\d+(?:\.\d+)*)(?:[-.]?([a-zA-Z]+)[.-]?([\w.]*))?$/;

// Finals as lists of numbers, and prereleases as numbers, word and count.
function seedsOf(runtime, trees) {
  const finals = new Map();
  const prereleases = new Map();
  for (const { policy } of trees) {
    for (const track of Object.values(policy.tracks)) {
      const known = track.runtimes[runtime];
      if (!known) continue;
      const bounds = known.buildable.match(/\d[\w.-]*/g) ?? [];
      for (const text of [...known.versions, ...bounds]) {
        const [, dotted, word, count = ''] = text.match(versionText);
        const numbers = dotted.split('.').map(Number);
        if (word) prereleases.set(text, { numbers, word, count });
        else finals.set(keyOf(filledUp(numbers)), filledUp(numbers));
      }
    }
  }
  return { finals: [...finals.values()], prereleases: [...prereleases.values()] };
}

// Spellings -------------------------------------------------------------------------------------
// Each is {text, judged}: what the bot reads, and the version or series that it stands for.

function spellFinal(runtime, scheme, spelling, numbers) {
  const judged = keyOf(numbers);
  const of = (text) => ({ text, judged });
  if (scheme === 'java') return spellJava(spelling, numbers).map(of);
  const texts = [judged, `v${judged}`];
  if (spelling === 'image') texts.push(...variants[runtime].map((variant) => judged + variant));
  return texts.map(of);
}

function spellJava(spelling, numbers) {
  const [major, minor, update] = numbers;
  const dotted = keyOf(numbers);
  const old = major >= 5 && major <= 8 && minor === 0 && numbers.length === 3;
  if (spelling !== 'image') {
    const texts = [dotted, `${dotted}+9`, `${dotted}+9.0.LTS`];
    if (old && update > 0) texts.push(`1.${major}.0_${update}`);
    if (minor === 0 && update === 0 && numbers.length === 3) texts.push(`${major}+35`);
    return texts;
  }
  const texts = [dotted, `${dotted}_7-jre`, `${dotted}_7-jdk-alpine`, `${dotted}-alpine3.20`];
  if (old && update > 0) texts.push(`${major}u${update}-b06-jdk`, `${major}u${update}-jre`);
  if (minor === 0 && update === 0 && numbers.length === 3) texts.push(`${major}_35-jdk`);
  return texts;
}

function spellPartial(runtime, scheme, spelling, numbers) {
  const judged = keyOf(numbers);
  const texts = [judged, `v${judged}`];
  if (scheme === 'java' && numbers[0] >= 5 && numbers[0] <= 8) texts.push(`1.${judged}`);
  if (spelling === 'image') texts.push(...variants[runtime].map((variant) => judged + variant));
  return texts.map((text) => ({ text, judged }));
}

const longWord = { a: 'alpha', b: 'beta', rc: 'rc', beta: 'beta' };

function prereleaseTexts(scheme, spelling, { numbers, word, count }) {
  const full = keyOf(filledUp(numbers));
  switch (scheme) {
    case 'pep440':
    case 'go': {
      if (spelling === 'semver') return [`${full}-${longWord[word]}.${count}`];
      return [scheme === 'go' ? keyOf(numbers) + word + count : full + word + count];
    }
    case 'composer':
      return [full + word + count, `${full}-${word}${count}`, full + word.toLowerCase() + count];
    case 'ruby':
      return [`${full}-${word}${count}`, `${full}.${word}${count}`];
    case 'java':
      return spelling === 'image'
        ? [`${numbers[0]}-ea-jdk-slim`, `${numbers[0]}-ea`]
        : [`${numbers[0]}-ea`, `${full}-ea+5`];
    default:
      return [canonicalPrerelease(scheme, numbers, word, count)];
  }
}

function spellPrerelease(runtime, scheme, spelling, prerelease) {
  const { numbers, word, count } = prerelease;
  const judged = canonicalPrerelease(scheme, numbers, word, count);
  const texts = prereleaseTexts(scheme, spelling, prerelease);
  if (spelling === 'image' && scheme !== 'java')
    texts.push(...texts.map((text) => text + variants[runtime][0]));
  return texts.map((text) => ({ text, judged }));
}

// "3.15-rc", "8.5-rc-fpm-alpine": tags of whatever prerelease is the newest. They name none that can
// be judged; a bot must never take one.
function newestPrereleaseTags(runtime, numbers) {
  const series = keyOf(numbers.slice(0, 2));
  const word = runtime === 'dotnet' ? 'preview' : 'rc';
  const texts = [`${series}-${word}`, `${series}-${word}${variants[runtime][0]}`];
  return texts.map((text) => ({ text, judged: null }));
}

// What the prereleases of a series precede: Go writes no zero, the SDK's bands begin with 100.
function firstRelease(scheme, [major, minor, patch]) {
  if (scheme === 'go') return [major, minor];
  return scheme === 'dotnet' ? [major, minor, 100] : [major, minor, patch];
}

// [{text, judged}], each text once.
export function candidatesOf(runtime, spelling, trees) {
  const scheme = schemeOf[runtime];
  const { finals, prereleases } = seedsOf(runtime, trees);
  const all = new Map(finals.map((numbers) => [keyOf(numbers), numbers]));
  for (const numbers of finals)
    for (const near of neighbours(scheme, numbers)) all.set(keyOf(near), near);

  const found = [];
  const firsts = new Map();
  const partials = new Map();
  for (const numbers of all.values()) {
    found.push(...spellFinal(runtime, scheme, spelling, numbers));
    const [major, minor] = numbers;
    firsts.set(`${major}.${minor}`, [major, minor, 0]);
    partials.set(`${major}`, [major]);
    if (scheme !== 'java') partials.set(`${major}.${minor}`, [major, minor]);
  }
  if (scheme !== 'maven')
    for (const numbers of partials.values()) found.push(...spellPartial(runtime, scheme, spelling, numbers));
  for (const numbers of firsts.values()) {
    const written = firstRelease(scheme, numbers);
    for (const [word, count] of prereleaseWords[runtime] ?? prereleaseWords[scheme])
      found.push(...spellPrerelease(runtime, scheme, spelling, { numbers: written, word, count }));
    if (spelling === 'image') found.push(...newestPrereleaseTags(runtime, numbers));
  }
  for (const prerelease of prereleases) found.push(...spellPrerelease(runtime, scheme, spelling, prerelease));
  return [...new Map(found.map((candidate) => [candidate.text, candidate])).values()];
}
