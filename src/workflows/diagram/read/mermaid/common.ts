import { z } from "zod";
import { wordForFill } from "../../emit/remarks.js";
import type { Graph, Remark } from "../../schema.js";
import type { Warning } from "../reading.js";

/** Mermaid's own model of a diagram: methods that give its parts. */
export type Db = Record<string, unknown>;
export const Model = z.custom<Db>((value) => typeof value === "object" && value !== null);

/** What a reader of one kind of diagram is given. */
export interface Source {
  db: Db;
  text: string;
  warnings: Warning[];
}

/**
 * One part of Mermaid's model.
 *
 * @throws when it is not as it was when this was written
 */
export function part<Schema extends z.ZodType>(
  { db }: Pick<Source, "db">,
  method: string,
  schema: Schema,
): z.infer<Schema> {
  const get = db[method];
  if (typeof get !== "function") throw new Error(`Mermaid's model has no ${method}`);
  return schema.parse(get.call(db));
}

/** A map or an object as pairs. */
export const entries = <Schema extends z.ZodType>(value: Schema) =>
  z
    .union([z.map(z.string(), value), z.record(z.string(), value)])
    .transform(
      (all): Array<[string, z.infer<Schema>]> =>
        all instanceof Map ? [...all.entries()] : Object.entries(all),
    );

/** Stands for the space of an empty label that our own emitter writes. */
const nothing = "\u00a0";

/** A label as a person reads it. Mermaid keeps entities in a form of its own until it draws. */
export function decoded(text: string | undefined | null): string {
  const plain = (text ?? "")
    .replace(/ﬂ°°(\d+)¶ß/g, (_, code) => character(Number(code)))
    .replace(/ﬂ°(\w+)¶ß/g, (_, name: string) => named[name] ?? `&${name};`)
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/&(lt|gt|amp|quot);/g, (_, name: string) => named[name] ?? "");
  return plain === nothing ? "" : plain.trim();
}

const named: Record<string, string> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  nbsp: nothing,
  colon: ":",
  semi: ";",
};
const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");

export const directionOf = (value: string | undefined): Graph["direction"] =>
  (({ LR: "right", RL: "left", BT: "up" }) as const)[value ?? ""] ?? "down";

const fillIn = (styles: readonly string[]): string | undefined =>
  styles
    .map((style) => /^\s*fill\s*:\s*([^;!]+?)\s*(?:!important)?;?$/i.exec(style)?.[1])
    .find((fill) => fill !== undefined);

/** The remarked colour of what has these styles. */
export function colourRemark(about: string, styles: readonly string[]): Remark[] {
  const fill = fillIn(styles);
  return fill === undefined || fill === "none" || fill === "transparent"
    ? []
    : [{ about, feature: "colour", value: wordForFill(expanded(fill)) }];
}

/** `#fa0` is `#ffaa00`. */
const expanded = (fill: string): string =>
  /^#[0-9a-f]{3}$/i.test(fill) ? `#${[...fill.slice(1)].map((digit) => digit + digit).join("")}` : fill;
