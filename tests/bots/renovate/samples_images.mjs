// Images: Dockerfiles and the other files that name one.

const dockerfile = (image) => `FROM ${image}\nRUN true\n`;

// [image, suffix that its tags have]
const images = {
  python: [
    ['python', '-slim'],
    ['docker.io/library/python', '-slim-bookworm'],
    ['registry.example/mirror/python', ''],
  ],
  node: [
    ['node', '-alpine'],
    ['docker.io/library/node', '-bookworm-slim'],
    ['registry.example/mirror/node', ''],
  ],
  go: [
    ['golang', '-alpine'],
    ['cimg/go', ''],
  ],
  php: [
    ['php', '-apache-bookworm'],
    ['php', '-cli'],
  ],
  ruby: [['ruby', '-slim']],
  java: [
    ['eclipse-temurin', '-jdk'],
    ['amazoncorretto', ''],
    ['openjdk', '-jre-alpine'],
  ],
  dotnet: [
    ['mcr.microsoft.com/dotnet/sdk', '-noble'],
    ['mcr.microsoft.com/dotnet/aspnet', ''],
    ['mcr.microsoft.com/dotnet/runtime', '-alpine'],
  ],
};

// A reference's repository without registry and the library's folder, as Renovate may name it.
const namesOf = (image) => [
  image,
  image.replace(/^docker\.io\//, ''),
  image.replace(/^(?:docker\.io\/)?library\//, ''),
];

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

// .NET's own images follow the runtime, not the SDK.
function versionsOf(runtime, image, p) {
  if (runtime !== 'dotnet' || /sdk$/.test(image)) return p;
  return {
    ...p,
    exact: `${p.major}.0.1`,
    minor: `${p.major}.0`,
    high: `${p.highMajor}.0.0`,
    highMinor: `${p.highMajor}.0`,
  };
}

function stylesOf(runtime, image, suffix, p) {
  const of = (version) => version && `${image}:${version}`;
  const styles = {
    exact: of(p.exact),
    'exact-variant': of(p.exact + suffix),
    minor: of(p.minor),
    'minor-variant': of(p.minor + suffix),
    'minor-digest': of(`${p.minor}${suffix}@${digest}`),
    'exact-digest': of(`${p.exact}@${digest}`),
    major: of(p.major),
    'major-variant': of(p.major + suffix),
    'too-high': of(p.high),
    'too-high-variant': of(p.highMinor + suffix),
  };
  if (runtime === 'java') for (const style of ['minor', 'minor-variant', 'too-high-variant']) delete styles[style];
  if (runtime === 'java') styles['minor-digest'] = of(`${p.major}${suffix}@${digest}`);
  if (runtime === 'java') styles.build = of(`${p.exact}_9${suffix}`);
  if (runtime === 'dotnet') for (const style of ['major', 'major-variant']) delete styles[style];
  if (suffix === '') for (const style of Object.keys(styles)) if (style.endsWith('-variant')) delete styles[style];
  return styles;
}

// With many settings on, Renovate takes several times as long for each image.
const busyStyles = ['exact', 'minor-digest'];

function dockerfileRows(points) {
  return Object.entries(images).flatMap(([runtime, list]) =>
    list.map(([image, suffix]) => ({
      runtime,
      manager: 'dockerfile',
      name: `dockerfile-${image.replace(/\W+/g, '_')}${suffix}`,
      file: 'Dockerfile',
      packages: namesOf(image),
      content: dockerfile,
      busyStyles,
      styles: stylesOf(runtime, image, suffix, versionsOf(runtime, image, points[runtime])),
    })),
  );
}

const mirrorsWithV = (points) =>
  ['node', 'python'].map((runtime) => ({
    runtime,
    manager: 'dockerfile',
    name: 'dockerfile-v',
    file: 'Dockerfile',
    packages: [`registry.example/with-v/${runtime}`],
    content: dockerfile,
    styles: {
      exact: `registry.example/with-v/${runtime}:v${points[runtime].exact}`,
      minor: `registry.example/with-v/${runtime}:v${points[runtime].minor}`,
    },
  }));

const pipelines = [
  ['dockerfile', 'Containerfile.build', (image) => `FROM ${image} AS build\nFROM scratch\n`],
  ['dockerfile', 'argument.Dockerfile', (image) => `ARG BASE=${image}\nFROM $BASE\n`],
  ['docker-compose', 'docker-compose.yml', (image) => `services:\n  app:\n    image: ${image}\n`],
  ['gitlabci', '.gitlab-ci.yml', (image) => `job:\n  image: ${image}\n  services:\n    - ${image}\n  script: [make]\n`],
  [
    'circleci',
    '.circleci/config.yml',
    (image) => `version: 2.1\njobs:\n  build:\n    docker:\n      - image: ${image}\n    steps: [checkout]\n`,
  ],
  [
    'github-actions',
    '.github/workflows/container.yml',
    (image) => `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container: ${image}\n    steps: []\n`,
  ],
];

function pipelineRows(points) {
  return Object.entries(images).flatMap(([runtime, [[image, suffix]]]) =>
    pipelines.map(([manager, file, content]) => ({
      runtime,
      manager,
      name: `${manager}-${file.replace(/^\W+|\W.*$/g, '')}`,
      file,
      packages: namesOf(image),
      content,
      busyStyles: ['variant'],
      styles: {
        exact: `${image}:${points[runtime].exact}`,
        variant: `${image}:${runtime === 'java' ? points.java.major : points[runtime].minor}${suffix}`,
      },
    })),
  );
}

const features = {
  python: ['python', 'exact', 'minor'],
  node: ['node', 'exact', 'major'],
  go: ['go', 'exact'],
  ruby: ['ruby', 'exact'],
};

function devcontainerRows(points) {
  const image = Object.entries(images).map(([runtime, [[name, suffix]]]) => ({
    runtime,
    manager: 'devcontainer',
    name: 'devcontainer-image',
    file: `.devcontainer/${runtime}-*/devcontainer.json`,
    root: true,
    packages: namesOf(name),
    content: (pin) => `${JSON.stringify({ image: pin })}\n`,
    styles: { variant: `${name}:${runtime === 'java' ? points.java.major : points[runtime].minor}${suffix}` },
  }));
  const feature = Object.entries(features).map(([runtime, [name, ...styles]]) => ({
    runtime,
    manager: 'devcontainer',
    name: 'devcontainer-feature',
    file: `.devcontainer/${runtime}-feature-*/devcontainer.json`,
    root: true,
    packages: [name],
    content: (pin) =>
      `${JSON.stringify({ image: 'postgres:15', features: { [`ghcr.io/devcontainers/features/${name}:1`]: { version: pin } } })}\n`,
    styles: Object.fromEntries(styles.map((style) => [style, points[runtime][style]])),
  }));
  return [...image, ...feature];
}

const bystanders = [
  {
    runtime: 'none',
    manager: 'dockerfile',
    name: 'bystander-image',
    file: 'Dockerfile',
    packages: [],
    content: dockerfile,
    styles: { kind: 'kindest/node:v1.29.0', rust: 'rust:1.85', postgres: 'postgres:15' },
  },
];

export const imageRows = (points) => [
  ...dockerfileRows(points),
  ...mirrorsWithV(points),
  ...pipelineRows(points),
  ...devcontainerRows(points),
  ...bystanders,
];
