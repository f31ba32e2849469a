// Pin files of Ruby, PHP, Go, .NET, Java's and Scala's build tools, and Rust (which is not governed).

const openEnded = 'a range without an upper end already admits everything';

const globalJson = (pin) => `${JSON.stringify({ sdk: { version: pin } }, null, 2)}\n`;
const composerJson = (pin) => `${JSON.stringify({ name: 'a/sample', require: { php: pin } }, null, 2)}\n`;

const rubyRows = (p) => [
  {
    runtime: 'ruby',
    manager: 'ruby-version',
    file: '.ruby-version',
    packages: ['ruby'],
    content: (pin) => `${pin}\n`,
    styles: {
      exact: p.exact,
      minor: p.minor,
      newest: p.newest,
      'too-high': p.high,
      prerelease: p.highPrerelease.replace(/\.(?=[a-z])/, '-'),
      prefixed: { value: `ruby-${p.exact}`, silent: 'Renovate skips the spelling with "ruby-"' },
    },
  },
  {
    runtime: 'ruby',
    manager: 'bundler',
    file: 'Gemfile',
    packages: ['ruby'],
    content: (pin) => `source "https://gems.example"\nruby "${pin}"\n`,
    styles: {
      exact: p.exact,
      compatible: `~> ${p.series}.0`,
      'too-high': p.high,
      'at-least': { value: `>= ${p.series}`, silent: openEnded },
    },
  },
];

const phpRows = (p) => [
  {
    runtime: 'php',
    manager: 'composer',
    file: 'composer.json',
    packages: ['php'],
    content: composerJson,
    styles: {
      exact: p.exact,
      wildcard: `${p.series}.*`,
      tilde: `~${p.series}.0`,
      caret: `^${p.series}`,
      bounded: `>=${p.series} <${p.after}`,
      either: `${p.series}.* || ${p.newer}.*`,
      'at-least': { value: `>=${p.series}`, silent: openEnded },
      'too-high': `${p.highMinor}.*`,
    },
  },
];

const goRows = (p) => [
  {
    runtime: 'go',
    manager: 'gomod',
    file: 'go.mod',
    packages: ['go'],
    content: (pin) => `module a.example/sample\n\ngo ${pin}\n`,
    styles: { exact: p.exact, minor: p.minor, unlisted: { value: '1.99.0', silent: 'upstream has no such release' } },
  },
  {
    runtime: 'go',
    manager: 'gomod',
    name: 'gomod-toolchain',
    file: 'go.mod',
    packages: ['go'],
    unlimitedType: 'toolchain',
    content: (pin) => `module a.example/sample\n\ngo ${p.exact}\n\ntoolchain go${pin}\n`,
    styles: { exact: p.exact },
  },
  {
    runtime: 'go',
    manager: 'regex',
    name: 'coverage-go',
    file: 'go.mod',
    packages: ['go'],
    coverage: true,
    content: (pin) => `module a.example/sample\n\n// +heroku goVersion go${pin}\ngo ${p.minor}\n`,
    styles: { exact: p.exact, minor: p.minor },
  },
];

const dotnetRows = (p) => [
  {
    runtime: 'dotnet',
    manager: 'nuget',
    file: 'global.json',
    packages: ['dotnet-sdk'],
    content: globalJson,
    styles: { exact: p.exact, newest: p.newest, 'too-high': p.high, prerelease: p.highPrerelease },
  },
  {
    runtime: 'dotnet',
    manager: 'regex',
    name: 'coverage-framework',
    file: 'Sample.csproj',
    packages: ['mcr.microsoft.com/dotnet/sdk', 'dotnet-sdk'],
    coverage: true,
    content: (pin) =>
      `<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <TargetFramework>net${pin}</TargetFramework>\n  </PropertyGroup>\n</Project>\n`,
    styles: { minor: p.minor },
  },
];

const system = (key) => (pin) => `${key}=${pin}\n`;

const javaRows = ({ java, maven, gradle, sbt }) => [
  {
    runtime: 'java',
    manager: 'regex',
    name: 'coverage-java',
    file: 'system.properties',
    packages: ['java-jdk', 'java'],
    coverage: true,
    content: system('java.runtime.version'),
    styles: { major: java.major, exact: java.exact },
  },
  {
    runtime: 'maven',
    manager: 'regex',
    name: 'coverage-maven',
    file: 'system.properties',
    packages: ['org.apache.maven:apache-maven', 'maven'],
    coverage: true,
    content: system('maven.version'),
    styles: { exact: maven.exact },
  },
  {
    runtime: 'gradle',
    manager: 'gradle-wrapper',
    file: 'gradle/wrapper/gradle-wrapper.properties',
    packages: ['gradle'],
    content: (pin) => `distributionUrl=https\\://services.example/distributions/gradle-${pin}-bin.zip\n`,
    styles: { exact: gradle.exact },
  },
  {
    runtime: 'sbt',
    manager: 'sbt',
    file: 'project/build.properties',
    packages: ['sbt/sbt'],
    content: system('sbt.version'),
    styles: { exact: sbt.exact, newest: sbt.newest, 'too-high': sbt.high },
  },
];

const others = [
  {
    runtime: 'none',
    manager: 'rust-toolchain',
    file: 'rust-toolchain.toml',
    packages: [],
    content: (pin) => `[toolchain]\nchannel = "${pin}"\n`,
    styles: { exact: '1.85.0' },
  },
];

export const languageRows = (points) => [
  ...rubyRows(points.ruby),
  ...phpRows(points.php),
  ...goRows(points.go),
  ...dotnetRows(points.dotnet),
  ...javaRows(points),
  ...others,
];
