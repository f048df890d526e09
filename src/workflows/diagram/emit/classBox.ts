import type { Node } from "../schema.js";
import { labelLines } from "./labels.js";

/** A class as it is drawn: its name, what stands in guillemets, and its compartments. */
export interface ClassBox {
  name: string;
  /** "interface", "abstract", "enumeration" or any other, without its marks; empty where there is none. */
  stereotype: string;
  members: DrawnMember[];
}

/** A line of a compartment, with its words as they are drawn. */
export interface DrawnMember {
  /** + - # ~ or empty. */
  sign: string;
  /** Without its sign and its marks: `total: Money`, `pay(by: Date)`. */
  text: string;
  /** What a method returns; empty where nothing is said, and for fields. */
  result: string;
  isMethod: boolean;
  isStatic: boolean;
  isAbstract: boolean;
}

const stereotypeIn = (row: string): string | undefined =>
  /^(?:«\s*([^«»]{1,60}?)\s*»|<<\s*([^<>]{1,60}?)\s*>>|\{\s*(abstract)\s*\})$/i
    .exec(row)
    ?.slice(1)
    .find(Boolean);

/** Reads a node of a class diagram. Its stereotype stands above its name or below. */
export function classBoxOf({ label, details }: Node): ClassBox {
  const head = labelLines(label);
  const rows = details.flatMap(labelLines);
  const stereotype = [...head, ...rows].map(stereotypeIn).find((word) => word !== undefined) ?? "";
  const isRest = (row: string) => stereotypeIn(row) === undefined;
  return {
    name: head.filter(isRest).join(" "),
    stereotype,
    members: rows.filter(isRest).map(drawnMember),
  };
}

export function drawnMember(row: string): DrawnMember {
  const isMarked = (word: string) => new RegExp(`[{«]\\s*${word}\\s*[}»]`, "i").test(row);
  const words = row.replace(/[{«]\s*(static|abstract)\s*[}»]/gi, " ").trim();
  const sign = /^[+#~-]/.exec(words)?.[0] ?? "";
  const rest = words.slice(sign.length).trim();
  // A field may have a type with parentheses, such as decimal(10,2), and those stand after its colon.
  const close = /^[^:(]+\(/.test(rest) ? rest.lastIndexOf(")") : -1;
  const after = close < 0 ? "" : rest.slice(close + 1).replace(/^\s*(:|->)?\s*/, "");
  return {
    sign,
    text: close < 0 ? rest : rest.slice(0, close + 1),
    result: after,
    isMethod: close >= 0,
    isStatic: isMarked("static"),
    isAbstract: isMarked("abstract"),
  };
}

/** `Map<K, List<V>>` with other signs around its parameters; what is no type stays as it is. */
export function withGenerics(text: string, [open, close]: [string, string]): string {
  let now = text;
  for (let depth = 0; depth < 4; depth++) {
    const next = now.replace(/(\w)<([^<>]{1,80})>/g, `$1${open}$2${close}`);
    if (next === now) break;
    now = next;
  }
  return now;
}
