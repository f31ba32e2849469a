// JSON Schema draft-07, as much of it as the schemas of the bots' files use; an unknown keyword is an
// error, so that nothing passes for not being understood.
//
//   node json_schema.mjs SCHEMA FILE...     prints what is wrong; exit status 1 if anything is
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const notes = new Set([
  '$schema', '$id', '$comment', 'title', 'description', 'markdownDescription', 'default', 'examples',
  'definitions', 'format', 'allowComments', 'x-renovate-version', 'x-intellij-enum-metadata',
  'enumDescriptions', 'then', 'else',
]);

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const types = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  null: (value) => value === null,
};
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const length = (text) => [...text].length;

// keyword -> (its value, the document, the schema beside it, the context) -> is it kept?
const keywords = {
  type: (names, it) => [names].flat().some((name) => types[name](it)),
  enum: (values, it) => values.some((value) => same(value, it)),
  const: (value, it) => same(value, it),
  pattern: (text, it) => typeof it !== 'string' || new RegExp(text).test(it),
  minLength: (limit, it) => typeof it !== 'string' || length(it) >= limit,
  maxLength: (limit, it) => typeof it !== 'string' || length(it) <= limit,
  minimum: (limit, it) => typeof it !== 'number' || it >= limit,
  maximum: (limit, it) => typeof it !== 'number' || it <= limit,
  minItems: (limit, it) => !Array.isArray(it) || it.length >= limit,
  maxItems: (limit, it) => !Array.isArray(it) || it.length <= limit,
  uniqueItems: (wanted, it) =>
    !wanted || !Array.isArray(it) || new Set(it.map((item) => JSON.stringify(item))).size === it.length,
  minProperties: (limit, it) => !isObject(it) || Object.keys(it).length >= limit,
  required: (names, it) => !isObject(it) || names.every((name) => Object.hasOwn(it, name)),
  items: (schema, it, _, context) =>
    !Array.isArray(it) || it.every((item, i) => context.holds(schema, item, `/${i}`)),
  properties: (schemas, it, _, context) =>
    !isObject(it) || Object.entries(schemas).every(([name, schema]) =>
      !Object.hasOwn(it, name) || context.holds(schema, it[name], `/${name}`)),
  additionalProperties: (schema, it, { properties = {} }, context) =>
    !isObject(it) || Object.keys(it).every((name) =>
      Object.hasOwn(properties, name) || context.holds(schema, it[name], `/${name}`)),
  allOf: (schemas, it, _, context) => schemas.every((schema) => context.holds(schema, it)),
  anyOf: (schemas, it, _, context) => schemas.some((schema) => context.quietly(schema, it)),
  oneOf: (schemas, it, _, context) => schemas.filter((schema) => context.quietly(schema, it)).length === 1,
  not: (schema, it, _, context) => !context.quietly(schema, it),
  if: (schema, it, { then = true, else: otherwise = true }, context) =>
    context.holds(context.quietly(schema, it) ? then : otherwise, it),
};

class Context {
  constructor(root, problems, path = '') {
    Object.assign(this, { root, problems, path });
  }
  quietly(schema, it) {
    return new Context(this.root, [], this.path).holds(schema, it);
  }
  holds(schema, it, step = '') {
    const here = new Context(this.root, this.problems, this.path + step);
    if (typeof schema === 'boolean') return schema || here.refuse('not allowed');
    if (schema.$ref) return here.holds(here.referred(schema.$ref), it);
    let good = true;
    for (const [keyword, value] of Object.entries(schema)) {
      if (notes.has(keyword)) continue;
      if (!keywords[keyword]) throw new Error(`unknown keyword of JSON Schema: ${keyword}`);
      const before = this.problems.length;
      if (keywords[keyword](value, it, schema, here)) continue;
      good = false;
      if (this.problems.length === before) here.refuse(`${keyword} ${JSON.stringify(value).slice(0, 80)}`);
    }
    return good;
  }
  refuse(why) {
    this.problems.push(`${this.path || '/'}: ${why}`);
    return false;
  }
  referred(reference) {
    return reference.split('/').slice(1).reduce((node, name) => node[name], this.root);
  }
}

export function problemsOf(schema, document) {
  const problems = [];
  new Context(schema, problems).holds(schema, document);
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [schema, ...documents] = process.argv.slice(2);
  const root = JSON.parse(readFileSync(schema, 'utf8'));
  for (const path of documents)
    for (const problem of problemsOf(root, JSON.parse(readFileSync(path, 'utf8')))) {
      console.error(`${path}: ${problem}`);
      process.exitCode = 1;
    }
}
