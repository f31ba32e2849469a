// The samples: every kind of file that Renovate reads a runtime from, in every style that pins have.
// One repository holds all of them, each in its own folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { imageRows } from './samples_images.mjs';
import { javaScriptRows } from './samples_javascript.mjs';
import { languageRows } from './samples_languages.mjs';
import { pythonRows } from './samples_python.mjs';
import { toolRows } from './samples_tools.mjs';

// A row is {runtime, manager, file, packages, styles, content}:
//   packages   the dependency names or package names that stand for the runtime in this file;
//   styles     {name: text of the pin}, or {name: {value, silent}} where even a Renovate without
//              limits proposes nothing that cannot be built, and why;
//   content    the file's text for a pin;
//   also       files beside it, {name: text};
//   unlimitedType  a type of dependency in it that the presets leave alone;
//   busyStyles those that the runs with many settings have too, which cost the most; else all;
//   library    a library whose newest release libraries.json holds back;
//   root       the file stands at the root: Renovate looks nowhere else;
//   coverage   only seen with the preset coverage.json.
const rowsOf = (points) =>
  [pythonRows, javaScriptRows, languageRows, imageRows, toolRows].flatMap((rows) => rows(points));

function pathOf(row, style, id) {
  return row.root ? row.file.replace('*', style) : join('s', id, row.file);
}

// [{id, runtime, manager, style, path, content, packages, silent, unlimitedType, coverage, library, isBusy}]
export function samplesOf(points) {
  const samples = [];
  const ids = new Set();
  for (const row of rowsOf(points))
    for (const [style, given] of Object.entries(row.styles)) {
      const { value, silent } = typeof given === 'object' ? given : { value: given };
      if (value === undefined) continue; // this runtime has no such version
      const id = `${row.name ?? row.manager}-${row.runtime}-${style}`.replace(/[^\w.-]/g, '_');
      if (ids.has(id)) throw new Error(`two samples are called ${id}`);
      ids.add(id);
      const path = pathOf(row, style, id);
      const files = { [path]: row.content(value) };
      for (const [name, text] of Object.entries(row.also ?? {})) files[join(dirname(path), name)] = text;
      samples.push({
        id,
        runtime: row.runtime,
        manager: row.manager,
        style,
        path,
        files,
        packages: row.packages,
        silent: silent ?? row.silent,
        unlimitedType: row.unlimitedType,
        coverage: row.coverage ?? false,
        library: row.library ?? false,
        isBusy: row.busyStyles?.includes(style) ?? true,
      });
    }
  return samples;
}

export function writeSamples(samples, folder) {
  for (const { files } of samples)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
}

// The sample that a dependency of a report belongs to, and whether it is the runtime in it.
export function sampleOf(samples, { packageFile, depName, packageName }) {
  const here = samples.filter(({ files }) => files[packageFile] !== undefined);
  const sample = here.find(({ packages }) => packages.includes(packageName) || packages.includes(depName));
  return sample ? { sample, isRuntime: true } : { sample: here[0], isRuntime: false };
}
