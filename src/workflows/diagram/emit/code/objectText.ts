import { literal } from "./identifiers.js";

/** What is written into the module: objects and lists of texts. */
export type Value = string | Value[] | { [key: string]: Value };

export const keyOf = (key: string): string =>
  /^(?:[A-Za-z_$][\w$]*|[1-9]\d*|0)$/.test(key) ? key : literal(key);

/** A value as a writer would lay it out. */
export function written(value: Value, depth: number): string {
  const pad = "  ".repeat(depth + 1);
  const close = "  ".repeat(depth);
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === "string"))
      return `[${value.map((one) => literal(one)).join(", ")}]`;
    return `[\n${value.map((one) => `${pad}${written(one, depth + 1)},\n`).join("")}${close}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const flat = entries.every(([, one]) => typeof one === "string") && entries.length <= 2;
  const line = `{ ${entries.map(([key, one]) => `${keyOf(key)}: ${written(one, 0)}`).join(", ")} }`;
  if (flat && depth > 0 && line.length < 80) return line;
  return `{\n${entries.map(([key, one]) => `${pad}${keyOf(key)}: ${written(one, depth + 1)},\n`).join("")}${close}}`;
}
