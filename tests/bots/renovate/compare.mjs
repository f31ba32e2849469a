// Holds the proposals of a run with a preset against those of Renovate without limits (plain) and of
// Renovate in a world without anything that cannot be built (oracle). Pure.
import { sampleOf } from './samples.mjs';
import { libraryWanted } from './world.mjs';

// A version that is proposed; digests of the pinned version and the like are none.
const isVersion = ({ newValue, newVersion }, { currentValue }) =>
  Boolean(newVersion ?? newValue) && newValue !== currentValue;
const textOf = ({ newValue, newVersion }) =>
  newVersion && newVersion !== newValue ? `${newValue} (${newVersion})` : newValue;

const proposalsOf = (dependency) =>
  new Map(
    (dependency?.updates ?? [])
      .filter((update) => isVersion(update, dependency))
      .map((update) => [textOf(update), update]),
  );

// Presets add dependencies of their own to renovate.json, so places in a file are no keys.
function byKey(dependencies) {
  const found = new Map();
  for (const dependency of dependencies) {
    const { manager, packageFile, depName, depType, currentValue } = dependency;
    const words = [manager, packageFile, depName, depType, currentValue].join('|');
    let key = words;
    for (let count = 2; found.has(key); count += 1) key = `${words}|${count}`;
    found.set(key, dependency);
  }
  return found;
}

// The package's name as the world has it: images without their registry, Java without its options.
function* worldKeys({ datasource, packageName, depName }) {
  const name = (packageName ?? depName).replace(/\?.*$/, '');
  yield `${datasource} ${name}`;
  if (datasource === 'java-version') yield `${datasource} java-jdk`;
  if (datasource !== 'docker')
    return yield* [`${datasource} ${depName}`, `${datasource} ${depName.replace(/-version$/, '')}`];
  const path = name.replace(/^[^/]*[.:][^/]*\//, '');
  yield* [`docker ${path}`, `docker library/${path}`];
}

// What our program is asked about an update: the world's release of that name.
function judgedVersion(world, dependency, { newValue, newVersion }) {
  const list = [...worldKeys(dependency)].map((key) => world[key]).find(Boolean);
  if (!list) return newVersion ?? newValue; // a datasource of our own lists plain versions
  const release =
    [newValue, newVersion].map((text) => list.releases.find(({ name }) => name === text)).find(Boolean) ??
    list.releases.find(({ judged }) => judged === newVersion);
  return release?.judged;
}

export function verdictOf({ world, verdict }, runtime, dependency, update) {
  const version = judgedVersion(world, dependency, update);
  return version === undefined ? 'nameless' : verdict(runtime, version);
}

// A later patch of a series, of a runtime whose archives are only announced, that is old enough.
function isAwaited({ world, awaits }, runtime, dependency, update) {
  const version = judgedVersion(world, dependency, update);
  return version !== undefined && awaits(runtime, version);
}

// On a track that has ended nothing is left alone.
const isUnlimited = ({ hasEnded }, { unlimitedType }, { depType }) =>
  unlimitedType !== undefined && unlimitedType === depType && !hasEnded;

const missing = (wanted, given) => [...wanted.keys()].filter((text) => !given.has(text));

const onlyWanted = (proposals) =>
  proposals.size === 1 && [...proposals.values()].every(({ newVersion }) => newVersion === libraryWanted);

// Nobody knows of an awaited release in the oracle's world: there an older one stands in its place.
function settle(preset, wanted, awaited) {
  for (const [text, update] of preset) {
    if (!awaited(update)) continue;
    const [instead] = [...wanted].find(([other, { updateType }]) => updateType === update.updateType && !preset.has(other)) ?? [];
    wanted.delete(instead);
    wanted.set(text, update);
  }
}

const without = (proposals, texts) => new Map([...proposals].filter(([text]) => !texts.includes(text)));

// What must come out: the oracle's proposals for a runtime that is limited (but for what is older than the
// pins, which is in its world), Renovate's own for all else, save the libraries that libraries.json is for.
function wantedOf(context, key, { sample, limited, plain, preset, bad }) {
  if (context.libraries && sample.library) return onlyWanted(preset) ? preset : new Map([[libraryWanted, {}]]);
  if (!limited) return plain;
  const oracle = proposalsOf(context.oracle.get(key));
  return without(oracle, bad(oracle));
}

function judgeDependency(context, key, dependency, { sample, isRuntime }) {
  const limited = isRuntime && !isUnlimited(context, sample, dependency) && context.isGoverned(sample.runtime);
  const awaited = (update) => isAwaited(context, sample.runtime, dependency, update);
  const isBad = (update) => verdictOf(context, sample.runtime, dependency, update) !== 'buildable' && !awaited(update);
  const bad = (proposals) =>
    limited ? [...proposals].filter(([, update]) => isBad(update)).map(([text]) => text) : [];
  const plain = proposalsOf(context.plain.get(key));
  const preset = proposalsOf(dependency);
  const wanted = wantedOf(context, key, { sample, limited, plain, preset, bad });
  if (limited) settle(preset, wanted, awaited);
  const leaks = bad(preset);
  return {
    key,
    sample,
    manager: dependency.manager,
    datasource: dependency.datasource,
    isRuntime,
    limited,
    current: dependency.currentValue,
    plain,
    preset,
    wanted,
    unbuildableWithout: bad(plain),
    leaks,
    overblocks: missing(wanted, preset),
    strays: missing(preset, wanted).filter((text) => !leaks.includes(text)),
    isProving: isRuntime && (!sample.coverage || dependency.manager === 'regex'),
  };
}

// A datasource of ours lists other releases of the same series than the world does. So not which one it
// proposes is compared, but whether it proposes something where the oracle does.
function likeOracle(cell) {
  const isSilenced = cell.wanted.size > 0 && cell.preset.size === 0;
  return { ...cell, overblocks: isSilenced ? cell.overblocks : [], strays: [] };
}

// Presets that a run extends are dependencies too; each run has its own.
const isPreset = ({ manager, depType }) => manager === 'renovate-config' && depType !== 'tool-constraint';

// A dependency that a run has and the other has not would be compared with nothing.
function lostDependencies(context, found) {
  return [...context.plain].filter(([key, dependency]) => !found.has(key) && !isPreset(dependency)).map(([key]) => key);
}

// runs: {plain, preset, oracle: dependencies}. Without an oracle nothing may be proposed.
// Returns {cells, lost}.
export function compareRuns({ samples, world, verdict, awaits, isGoverned, hasEnded, runs, libraries, ownDatasource }) {
  const context = {
    world,
    verdict,
    awaits,
    isGoverned,
    hasEnded,
    libraries,
    plain: byKey(runs.plain),
    oracle: byKey(runs.oracle ?? []),
  };
  const preset = byKey(runs.preset);
  const isJudged = ({ datasource }) => !ownDatasource || datasource?.startsWith('custom.');
  const judged = [...preset].filter(([, dependency]) => isJudged(dependency));
  const cells = judged.map(([key, dependency]) => {
    const found = sampleOf(samples, dependency);
    if (!found.sample) throw new Error(`no sample has ${dependency.packageFile} (${dependency.manager})`);
    const cell = judgeDependency(context, key, dependency, found);
    return ownDatasource ? likeOracle(cell) : cell;
  });
  return { cells, lost: ownDatasource ? [] : lostDependencies(context, preset) };
}

// Samples in which no run without limits proposed anything that cannot be built, though something of
// their runtime cannot, and that do not say why.
export function provingNothing(samples, comparisons, hasUnbuildable) {
  const proven = new Set();
  for (const { cells } of comparisons)
    for (const cell of cells) if (cell.isProving && cell.unbuildableWithout.length) proven.add(cell.sample.id);
  return samples.filter(
    ({ id, runtime, silent }) => runtime !== 'none' && !silent && hasUnbuildable(runtime) && !proven.has(id),
  );
}
