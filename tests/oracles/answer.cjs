// Answers questions about versions with the bots' own libraries.
//
//   node answer.cjs MODULES < questions > answers
//
// MODULES is the directory that install.sh prints. A question is a line of fields between tabs:
//   satisfies <npm|pep440|ruby> RANGE VERSION    -> true, false, or error (the range is malformed)
//   order <semver|pep440|ruby> VERSION VERSION   -> -1, 0, 1, or error (a version is malformed)
'use strict';

const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const load = createRequire(join(process.argv[2], 'package.json'));
const semver = load('semver');
const pep440 = load('@renovatebot/pep440');
const { Requirement } = load('@renovatebot/ruby-semver/dist/ruby/requirement.js');
const { Version: RubyVersion } = load('@renovatebot/ruby-semver/dist/ruby/version.js');

function required(value) {
  if (value === null || value === undefined || value === false) throw new Error('malformed');
  return value;
}

const satisfies = {
  npm: (range, version) => new semver.Range(range).test(required(semver.parse(version))),
  pep440: (range, version) => {
    required(pep440.validRange(range));
    return pep440.satisfies(required(pep440.valid(version)), range);
  },
  ruby: (range, version) =>
    new Requirement(...range.split(',').map((part) => part.trim())).isSatisfiedBy(
      new RubyVersion(version),
    ),
};

const order = {
  semver: (a, b) => semver.compare(a, b),
  pep440: (a, b) => pep440.compare(required(pep440.valid(a)), required(pep440.valid(b))),
  ruby: (a, b) => new RubyVersion(a).compare(new RubyVersion(b)),
};

function answer(line) {
  const [kind, name, first, second] = line.split('\t');
  try {
    if (kind === 'satisfies') return String(satisfies[name](first, second));
    return String(Math.sign(order[name](first, second)));
  } catch {
    return 'error';
  }
}

const questions = readFileSync(0, 'utf8').split('\n');
questions.pop();
process.stdout.write(questions.map((line) => `${answer(line)}\n`).join(''));
