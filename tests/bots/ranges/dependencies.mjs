// The names and versionings by which Renovate 44 sees each runtime, as its managers extract them: one
// row a dependency. `spelling` says how that datasource spells releases (candidates.mjs). A row that
// counts series (a .NET runtime image beside the SDK) is judged by its major number.

// Java's images and datasource, once config:recommended has given them a versioning of its own.
const recommendedJava =
  'regex:^(?<major>\\d+)?(\\.(?<minor>\\d+))?(\\.(?<patch>\\d+))?([\\._+](?<build>(\\d\\.?)+)(LTS)?)?(-(?<compatibility>.*))?$';
// What coverage.json gives to full versions in system.properties.
const coveredJava =
  'regex:^(?<major>\\d+)(?:\\.(?<minor>\\d+))?(?:\\.(?<patch>\\d+))?(?:\\.(?<build>\\d+))?$';

function rows(runtime, spelling, datasource, packages, versionings, more = {}) {
  return packages.flatMap((packageName) =>
    versionings.map((versioning) => ({
      runtime,
      spelling,
      datasource,
      packageName,
      versioning,
      ...more,
    })),
  );
}

const official = (name) => [name, `library/${name}`, `docker.io/library/${name}`];

export const dependencies = [
  ...rows('python', 'image', 'docker', [...official('python'), 'cimg/python'], ['docker']),
  ...rows('python', 'plain', 'python-version', ['python'], ['pep440', 'python']),
  ...rows('python', 'plain', 'conda', ['python'], ['conda']),
  ...rows('python', 'plain', 'github-releases', ['containerbase/python-prebuild'], ['poetry', 'pep440']),
  ...rows('python', 'semver', 'github-releases', ['actions/python-versions'], ['npm']),
  ...rows('python', 'plain', 'github-tags', ['python/cpython'], ['semver-coerced']),

  ...rows('node', 'plain', 'node-version', ['node'], ['node']),
  ...rows('node', 'image', 'docker', official('node'), ['docker', 'node']),
  ...rows('node', 'plain', 'npm', ['node'], ['npm']),
  ...rows('node', 'plain', 'conda', ['nodejs'], ['conda']),
  ...rows('node', 'plain', 'github-releases', ['actions/node-versions', 'containerbase/node-prebuild'], ['node']),
  ...rows('node', 'plain', 'github-tags', ['nodejs/node'], ['semver-coerced']),

  ...rows('ruby', 'plain', 'ruby-version', ['ruby', 'ruby-version'], ['ruby', 'semver', 'semver-partial']),
  ...rows('ruby', 'image', 'docker', official('ruby'), ['docker']),
  ...rows('ruby', 'plain', 'github-releases', ['containerbase/ruby-prebuild'], ['ruby']),

  ...rows('php', 'plain', 'github-tags', ['containerbase/php-prebuild'], ['composer']),
  ...rows('php', 'plain', 'github-tags', ['php/php-src'], ['semver-coerced']),
  ...rows('php', 'image', 'docker', official('php'), ['docker']),

  ...rows('go', 'plain', 'golang-version', ['go'], ['go-mod-directive', 'semver', 'npm'], { depType: 'golang' }),
  ...rows('go', 'plain', 'golang-version', ['go'], ['semver'], { depType: 'toolchain', unlimited: true }),
  ...rows('go', 'image', 'docker', [...official('golang'), 'cimg/go'], ['docker']),
  ...rows('go', 'plain', 'github-tags', ['golang/go'], ['semver-coerced']),
  ...rows('go', 'semver', 'github-releases', ['actions/go-versions', 'containerbase/golang-prebuild'], ['npm', 'semver']),

  ...rows('java', 'plain', 'java-version', ['java-jdk', 'java-jre', 'java?system=true', 'oracle-graalvm-jdk'],
    ['semver-coerced', 'semver-partial', recommendedJava]),
  ...rows('java', 'image', 'docker',
    [...official('eclipse-temurin'), 'openjdk', 'amazoncorretto', 'sapmachine', 'adoptopenjdk', 'java',
      'azul/zulu-openjdk', 'azul/zulu-openjdk-alpine', 'bellsoft/liberica-openjdk-debian',
      'bellsoft/liberica-openjre-alpine', 'mcr.microsoft.com/openjdk/jdk'],
    ['docker', recommendedJava]),

  ...rows('dotnet', 'plain', 'dotnet-version', ['dotnet-sdk'], ['semver-coerced', 'npm']),
  ...rows('dotnet', 'plain', 'dotnet-version', ['dotnet-runtime'], ['semver-coerced'], { series: true }),
  ...rows('dotnet', 'image', 'docker', ['mcr.microsoft.com/dotnet/sdk', 'mcr.microsoft.com/dotnet/nightly/sdk'], ['docker']),
  ...rows('dotnet', 'image', 'docker',
    ['mcr.microsoft.com/dotnet/aspnet', 'mcr.microsoft.com/dotnet/runtime', 'mcr.microsoft.com/dotnet/runtime-deps'],
    ['docker'], { series: true }),

  ...rows('sbt', 'plain', 'github-releases', ['sbt/sbt'], ['semver']),
  ...rows('sbt', 'plain', 'github-tags', ['sbt/sbt'], ['semver-coerced']),

  ...rows('go', 'plain', 'conda', ['go', 'conda-forge/go'], ['conda']),
  ...rows('ruby', 'plain', 'conda', ['ruby', 'conda-forge/ruby'], ['conda']),
  ...rows('php', 'plain', 'conda', ['php', 'conda-forge/php'], ['conda']),
  ...rows('java', 'plain', 'conda', ['openjdk', 'conda-forge/openjdk'], ['conda']),
  ...rows('dotnet', 'plain', 'conda', ['dotnet-sdk', 'conda-forge/dotnet-sdk'], ['conda']),
  ...rows('sbt', 'plain', 'conda', ['sbt', 'conda-forge/sbt'], ['conda']),
];

// What coverage.json makes Renovate see besides. With an address of the tree the datasource is ours.
export const covered = [
  ...rows('python', 'image', 'docker', ['python'], ['docker']),
  ...rows('go', 'plain', 'golang-version', ['go'], ['npm']),
  ...rows('java', 'plain', 'java-version', ['java-jdk'], ['semver-partial', coveredJava]),
  ...rows('dotnet', 'image', 'docker', ['mcr.microsoft.com/dotnet/sdk'], ['docker']),
  ...rows('maven', 'plain', 'maven', ['org.apache.maven:apache-maven'], ['maven']),
];
