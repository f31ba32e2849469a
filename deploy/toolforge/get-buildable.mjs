// The build step: the archive of the release that release.env names, checked by its digest, unpacked into
// ./buildable. Nothing is left behind where anything is wrong.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

const settings = Object.fromEntries(
  readFileSync("release.env", "utf8")
    .split("\n")
    .filter((line) => /^[A-Z0-9_]+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1).trim()]),
);
const { BUILDABLE_VERSION: version, BUILDABLE_URL: url, BUILDABLE_SHA256: wanted } = settings;
const address = `${url}/buildable-${version}-linux-x86_64.tar.gz`;

const response = await fetch(address, { signal: AbortSignal.timeout(120_000) });
if (!response.ok) throw new Error(`${address} answered ${response.status}`);
const archive = Buffer.from(await response.arrayBuffer());
const digest = createHash("sha256").update(archive).digest("hex");
if (digest !== wanted) throw new Error(`${address} has the SHA-256 ${digest}, release.env wants ${wanted}`);

rmSync("buildable.new", { recursive: true, force: true });
mkdirSync("buildable.new");
writeFileSync("buildable.new/archive.tar.gz", archive);
execFileSync("tar", ["-C", "buildable.new", "--strip-components=1", "-xzf", "buildable.new/archive.tar.gz"]);
rmSync("buildable.new/archive.tar.gz");
rmSync("buildable", { recursive: true, force: true });
renameSync("buildable.new", "buildable");
console.log(execFileSync("buildable/bin/buildable", ["--version"], { encoding: "utf8" }).trim());
