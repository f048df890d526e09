import { z } from "zod";
import { UserError } from "../../errors.js";
import { parseJson } from "../../text/json.js";
import type { Json } from "./pointer.js";

/** A schema, or any part of one. */
export type SchemaNode = { readonly [key: string]: Json };

/** Larger ones are asked about in no one question. */
const mostBytes = 64 * 1024;
const mostProperties = 500;
const mostLevels = 12;
/** Parts that are looked at, those that are referred to once for each reference. */
const mostParts = 5_000;
/** Brackets in brackets, of any text that is parsed. */
const deepestText = 100;

/** What tells a schema from an example of the data, which may well have items or a type of its own. */
const schemaWords = ["$schema", "$ref", "$defs", "properties", "anyOf", "oneOf", "allOf"];
const typeNames = ["object", "array", "string", "number", "integer", "boolean", "null"];

const JsonObject = z.record(z.string(), z.json());

/** Where parts of a schema may stand in another. */
const listsOfParts = ["anyOf", "oneOf", "allOf", "prefixItems"] as const;
const parts = ["items", "additionalProperties", "not", "if", "then", "else", "contains"] as const;
const mapsOfParts = ["properties", "patternProperties", "dependentSchemas"] as const;

/**
 * A person's schema: JSON Schema (2020-12 or draft-07), or an example of the data, of which one is made.
 *
 * @param text as it stands in the file
 * @throws UserError when it cannot be asked about, with the place in it
 */
export function readSchema(text: string): SchemaNode {
  if (Buffer.byteLength(text) > mostBytes)
    throw unusable(`It is larger than ${mostBytes / 1024} kB.`, "Ask for less at once.");
  if (depthOf(text) > deepestText)
    throw unusable(`It is more than ${deepestText} levels deep.`, "Flatten it.");
  const value = parseJson(text);
  if (value === undefined) throw unusable("It is no JSON.", "Check it in an editor.");
  const object = JsonObject.safeParse(value);
  if (!object.success) {
    if (Array.isArray(value)) return exampleSchema(z.array(z.json()).parse(value), "");
    throw unusable("It is neither an object nor a list.", "Wrap it in an object.");
  }
  const { type } = object.data;
  const hasType = typeof type === "string" && typeNames.includes(type);
  const isSchema = hasType || schemaWords.some((word) => Object.hasOwn(object.data, word));
  if (!isSchema) return exampleSchema(object.data, "");
  checkSchema(object.data);
  return object.data;
}

/** How deeply brackets stand in each other. Those in texts count, too: it is a bound. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const sign of text) {
    if (sign === "{" || sign === "[") deepest = Math.max(deepest, ++depth);
    else if (sign === "}" || sign === "]") depth--;
  }
  return deepest;
}

const unusable = (problem: string, advice: string): UserError =>
  new UserError({ code: "wrongInput", problem: `The schema cannot be asked about. ${problem}`, advice });

/** @throws UserError for what leads out of the schema or round in it, or is more than fits into one question */
function checkSchema(root: SchemaNode): void {
  let properties = 0;
  let looked = 0;
  const walk = (node: Json, path: string, refs: readonly string[], level: number): void => {
    if (node === null || typeof node !== "object" || Array.isArray(node)) return;
    if (++looked > mostParts)
      throw unusable("Its references lead to too many parts.", "Write out what you need of them.");
    if (level > mostLevels)
      throw unusable(`At ${path || "/"} it is more than ${mostLevels} levels deep.`, "Flatten it.");
    const ref = node.$ref;
    if (typeof ref === "string") {
      if (!ref.startsWith("#"))
        throw unusable(`At ${path || "/"} it refers to “${ref}”, another file.`, "Copy that into it.");
      if (refs.includes(ref))
        throw unusable(
          `At ${path || "/"} it refers to itself (“${ref}”).`,
          "Write out the levels that you need.",
        );
      const target = partAt(root, ref);
      if (target === undefined)
        throw unusable(
          `At ${path || "/"} it refers to “${ref}”, which is not there.`,
          "Correct the reference.",
        );
      walk(target, path, [...refs, ref], level + 1);
    }
    for (const key of parts) walk(node[key] ?? null, `${path}/${key}`, refs, level + 1);
    for (const key of listsOfParts) {
      const list = node[key];
      if (Array.isArray(list))
        for (const [index, one] of list.entries()) walk(one, `${path}/${key}/${index}`, refs, level + 1);
    }
    for (const key of mapsOfParts) {
      const map = node[key];
      if (map === null || typeof map !== "object" || Array.isArray(map)) continue;
      for (const [name, one] of Object.entries(map)) {
        if (++properties > mostProperties)
          throw unusable(`It has more than ${mostProperties} properties.`, "Ask for less at once.");
        walk(one, `${path}/${key}/${name}`, refs, level + 1);
      }
    }
  };
  walk(root, "", [], 0);
}

/** The part of a schema that a local reference names. */
function partAt(root: SchemaNode, ref: string): Json | undefined {
  let at: Json = root;
  for (const key of ref.replace(/^#\/?/, "").split("/")) {
    if (key === "") continue;
    if (at === null || typeof at !== "object") return undefined;
    const name = decoded(key).replaceAll("~1", "/").replaceAll("~0", "~");
    if (!Object.hasOwn(at, name)) return undefined;
    at = Object.entries(at).find(([own]) => own === name)?.[1] ?? null;
  }
  return at;
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/**
 * What a schema asks of the value at a place.
 *
 * @returns the types that it may have there; empty where it does not say
 */
export function typesAt(root: SchemaNode, keys: readonly string[]): { types: string[]; format?: string } {
  let nodes: SchemaNode[] = alternatives(root, root);
  for (const key of keys)
    nodes = nodes.flatMap((node) => childrenOf(node, key)).flatMap((child) => alternatives(child, root));
  const types = nodes.flatMap(({ type }) => (Array.isArray(type) ? type : [type ?? null]));
  const format = nodes.map((node) => node.format).find((one) => typeof one === "string");
  return {
    types: types.filter((type) => typeof type === "string"),
    ...(typeof format === "string" ? { format } : {}),
  };
}

/** The parts of a schema that may hold for one value: itself, what it refers to, and its branches. */
function alternatives(start: Json, root: SchemaNode): SchemaNode[] {
  const found = new Set<SchemaNode>();
  const waiting: Json[] = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === null || typeof node !== "object" || Array.isArray(node) || found.has(node)) continue;
    found.add(node);
    const target = typeof node.$ref === "string" ? partAt(root, node.$ref) : undefined;
    const branches = [node.allOf, node.oneOf, node.anyOf].flatMap((list) =>
      Array.isArray(list) ? list.toReversed() : [],
    );
    waiting.push(...branches, ...(target === undefined ? [] : [target]));
  }
  return [...found];
}

function childrenOf(node: SchemaNode, key: string): Json[] {
  const { properties, prefixItems, items, additionalProperties } = node;
  if (properties !== null && typeof properties === "object" && !Array.isArray(properties)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (own !== undefined) return [own];
  }
  if (/^\d+$/.test(key)) {
    const first = Array.isArray(prefixItems) ? prefixItems[Number(key)] : undefined;
    if (first !== undefined) return [first];
    if (items !== undefined) return [items];
  }
  return additionalProperties === undefined ? [] : [additionalProperties];
}

/** A schema of data like an example: all keys required, of the same types. */
function exampleSchema(example: Json, path: string): SchemaNode {
  if (Array.isArray(example)) {
    const [first] = example;
    if (first === undefined)
      throw unusable(`The example's list at ${path || "/"} is empty.`, "Put one entry into it.");
    return { type: "array", items: exampleSchema(first, `${path}/0`) };
  }
  if (example !== null && typeof example === "object") {
    const properties = Object.fromEntries(
      Object.entries(example).map(([key, value]) => [key, exampleSchema(value, `${path}/${key}`)]),
    );
    if (Object.keys(properties).length === 0)
      throw unusable(`The example at ${path || "/"} is empty.`, "Put what you want to know into it.");
    return { type: "object", properties, required: Object.keys(properties) };
  }
  if (example === null) return {};
  return { type: typeof example };
}
