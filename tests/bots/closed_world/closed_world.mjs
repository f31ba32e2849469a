// Everything that the bots know is either limited by rules/runtimes or listed in rules/bots with a
// reason. So a manager, datasource or ecosystem that is new in a bot is found here, not by a user.
//   node closed_world.mjs      (environment: see ../run.sh)
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { samplesOf } from '../renovate/samples.mjs';

const source = resolve(import.meta.dirname, '../../..');
const renovate = join(process.env.BUILDABLE_RENOVATE, 'node_modules/renovate');
const { parseTOML, getStaticTOMLValue } = createRequire(join(renovate, 'package.json'))('toml-eslint-parser');

const readToml = (...path) => getStaticTOMLValue(parseTOML(readFileSync(join(source, 'rules', ...path), 'utf8')));
const load = (module) => import(pathToFileURL(join(renovate, 'dist/modules', module, 'index.js')));

const runtimes = readdirSync(join(source, 'rules/runtimes')).map((name) => readToml('runtimes', name));
const inRules = (pick) => new Set(runtimes.flatMap(pick));

// {what, known: names that the bot has, handled: names that are limited or sampled, listed: rows of rules/bots}
function problemsOf({ what, known, handled, listed }) {
  const names = listed.flatMap((row) => row.names);
  const problems = [];
  const say = (name, words) => problems.push(`${what} ${name} ${words}`);
  for (const name of known)
    if (!handled.has(name) && !names.includes(name)) say(name, 'is neither limited nor listed in rules/bots');
  for (const name of names) {
    if (!known.includes(name)) say(name, 'is listed in rules/bots, but the bot does not have it');
    if (handled.has(name)) say(name, 'is listed in rules/bots, and limited as well');
    if (names.indexOf(name) !== names.lastIndexOf(name)) say(name, 'is listed twice in rules/bots');
  }
  for (const row of listed) if (!row.reason) problems.push(`${what}: a row of rules/bots has no reason`);
  return [...new Set(problems)];
}

// Any text stands for a pin: only the names of the managers are of interest.
const anyPoint = new Proxy({}, { get: (_, name) => (name === 'numbers' ? [1, 0, 0] : '1') });
const sampled = () => new Set(samplesOf(new Proxy({}, { get: () => anyPoint })).map(({ manager }) => manager));

async function renovatesWorld() {
  const listed = readToml('bots', 'renovate.toml');
  const datasources = (await load('datasource')).getDatasourceList();
  const limited = inRules(({ renovate: rules }) =>
    [...(rules?.matches ?? []), ...(rules?.libraries ?? [])].flatMap((match) => match.datasources),
  );
  const managers = await load('manager');
  // These read whatever they are told to; the datasource decides.
  const reading = managers
    .getManagerList()
    .map((name) => ({ name, from: managers.get(name, 'supportedDatasources') ?? [] }))
    .filter(({ from }) => from.some((datasource) => limited.has(datasource)));
  return [
    { what: 'datasource', known: datasources, handled: limited, listed: listed.datasources },
    {
      what: 'manager',
      known: reading.map(({ name }) => name),
      handled: sampled(),
      listed: listed.managers,
    },
  ];
}

function ecosystemsOf(schema) {
  const found = [];
  JSON.stringify(schema, (key, value) => {
    if (key === 'package-ecosystem-values') found.push(...value.enum);
    return value;
  });
  return found;
}

function dependabotsWorld() {
  const schema = readFileSync(join(source, 'tests/data/dependabot/dependabot-2.0.schema.json'), 'utf8');
  return {
    what: 'ecosystem',
    known: ecosystemsOf(JSON.parse(schema)),
    handled: inRules(({ dependabot }) => (dependabot ?? []).map((row) => row.ecosystem)),
    listed: readToml('bots', 'dependabot.toml').ecosystems,
  };
}

const worlds = [...(await renovatesWorld()), dependabotsWorld()];
const problems = worlds.flatMap(problemsOf);
// The check itself: something new must be found.
for (const world of worlds)
  if (problemsOf({ ...world, known: [...world.known, 'new-one'] }).length <= problemsOf(world).length)
    problems.push(`${world.what}: a new one would not be found`);
for (const problem of problems) console.error(problem);
for (const { what, known, handled, listed } of worlds)
  console.log(
    `${what}s: ${known.length} known, ${known.filter((name) => handled.has(name)).length} limited or sampled, ` +
      `${listed.flatMap((row) => row.names).length} listed with a reason`,
  );
process.exit(problems.length ? 1 : 0);
