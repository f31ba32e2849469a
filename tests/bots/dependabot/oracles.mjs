// Do the ecosystems' own libraries order versions as the model's requirements do?
//   node oracles.mjs MODULES < lines      MODULES: what tests/oracles/install.sh prints
// A line: npm or conda, a requirement, a version and + or - (the model ignores it or not), between
// tabs. Prints every disagreement, then how many were asked; a version that is none there is passed over.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.argv[2], 'package.json'));
const semver = load('semver');
const pep440 = load('@renovatebot/pep440');

// The bound of ">= 25.9.1.a" is the lowest prerelease of 25.9.1.
const bound = /^(>=|<)\s*(\d+(?:\.\d+)*)(\.a|a0)?$/;
const libraries = {
  npm: {
    valid: (text) => semver.valid(text),
    compare: (version, numbers, lowest) => {
      const full = [...numbers.split('.'), '0', '0'].slice(0, 3).join('.');
      return semver.compare(version, lowest ? `${full}-0` : full);
    },
  },
  conda: {
    valid: (text) => pep440.valid(text),
    compare: (version, numbers, lowest) => pep440.compare(version, lowest ? `${numbers}a0` : numbers),
  },
};

let asked = 0;
let wrong = 0;
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [ecosystem, requirement, version, ignored] = line.split('\t');
  const { valid, compare } = libraries[ecosystem];
  if (!valid(version)) continue;
  asked += 1;
  const inside = requirement.split(',').every((part) => {
    const [, operator, numbers, lowest] = part.trim().match(bound);
    const order = compare(version, numbers, Boolean(lowest));
    return operator === '<' ? order < 0 : order >= 0;
  });
  if (inside === (ignored === '+')) continue;
  wrong += 1;
  console.log(`${ecosystem}: ${requirement} and ${version}: the model says ${ignored}, the library otherwise`);
}
console.log(`asked ${asked}`);
process.exitCode = wrong || asked === 0 ? 1 : 0;
