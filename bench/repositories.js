// Writes repositories as tools have them: node repositories.js DIRECTORY COUNT. Beside them
// DIRECTORY.list, one repository a line, and DIRECTORY.read, the files that `check` reads.
const fs = require("fs");
const path = require("path");
const [directory, count] = [process.argv[2], Number(process.argv[3])];

let seed = 20260514;
const below = (bound) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 8) % bound;
};
const one = (...choices) => choices[below(choices.length)];

const ignored = `__pycache__/
*.py[cod]
*.log
.env
.venv/
venv/
dist/
build/
node_modules/
*.egg-info/
.pytest_cache/
.DS_Store
/static/generated/
!/static/generated/.keep
`;
const workflow = (python) => `name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "${python}"
      - run: pip install -r requirements.txt
      - run: pytest
`;
const readme = (name) => `# ${name}\n\n` + "What this tool does, and for whom.\n".repeat(60);

function pythonTool(name) {
  const version = one("3.13", "3.14", "3.14.4", "3.12", "3.15.0");
  return {
    ".python-version": version + "\n",
    "requirements.txt": "flask==3.1.0\ngunicorn==23.0.0\n",
    "Procfile": "web: gunicorn --bind 0.0.0.0 app:app\n",
    "pyproject.toml": `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.12,<3.15"\n`,
    ".github/workflows/test.yml": workflow(version),
    "app.py": "import flask\n".repeat(200),
    "tool/__init__.py": "",
    "tool/views.py": "x = 1\n".repeat(400),
    "tool/models.py": "x = 1\n".repeat(300),
    "templates/index.html": "<p>x</p>\n".repeat(100),
  };
}
function nodeTool(name) {
  const range = one("22.x", ">=22.12.0 <23", "^20.19.0 || >=22.12.0", ">=26.7.0 <27", "24.x");
  return {
    "package.json": JSON.stringify({ name, version: "1.0.0", engines: { node: range }, scripts: { start: "node server.js" }, dependencies: { express: "^5.0.0" } }, null, 2) + "\n",
    ".nvmrc": one("v22", "lts/*", "24") + "\n",
    "Procfile": "web: npm start\n",
    "server.js": "const x = 1;\n".repeat(300),
    "src/a.js": "const x = 1;\n".repeat(300),
    "src/b.js": "const x = 1;\n".repeat(300),
    "public/style.css": "p { color: red }\n".repeat(100),
    "node_modules/express/package.json": "{}\n",
  };
}
function goTool(name) {
  return {
    "go.mod": `module ${name}\n\ngo ${one("1.24.2", "1.26", "1.28")}\n`,
    "go.sum": "x h1:y=\n".repeat(60),
    "main.go": "package main\n".repeat(100),
    "Dockerfile": `FROM golang:${one("1.24", "1.26-bookworm")} AS build\nFROM debian:bookworm\n`,
    "internal/x/x.go": "package x\n".repeat(100),
  };
}

const isRead = /(^|\/)(\.python-version|pyproject\.toml|package\.json|\.nvmrc|go\.mod|Dockerfile|Procfile|README\.md|toolforge\.yaml)$|^\.github\/workflows\//;
const repositories = [];
const read = [];
for (let i = 0; i < count; ++i) {
  const name = `tool-${i}`;
  const files = one(pythonTool, pythonTool, pythonTool, nodeTool, goTool)(name);
  files[".gitignore"] = ignored;
  files["README.md"] = readme(name);
  files["LICENSE"] = "Licence.\n".repeat(200);
  if (below(3) === 0) files["toolforge.yaml"] = "components:\n  web:\n    build:\n      use_latest_versions: true\n";
  const root = path.join(directory, name);
  repositories.push(root);
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(root, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
    if (isRead.test(file) && !file.startsWith("node_modules")) read.push(full);
  }
}
fs.writeFileSync(directory + ".list", repositories.join("\n") + "\n");
fs.writeFileSync(directory + ".read", read.join("\n") + "\n");
