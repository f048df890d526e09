import type { Edge } from "../../schema.js";
import type { Warning } from "../reading.js";

/** A line of a text, from 1. */
export interface Line {
  text: string;
  number: number;
}

/** Longer lines are no diagram's. Characters. */
const longestLine = 4000;

/** What the layout and the look of a drawing are about: no graph holds them. */
const looks =
  /^(skinparam|hide|show|scale|!|autonumber (stop|resume)|allow_?mixing|set |sprite |header|footer|legend|caption|center|left header|right footer|mainframe|remove|pragma)/i;
/** Those that our own emitter writes, and that say nothing of the graph. */
const plain =
  /^(hide circle|hide empty members|hide stereotype|left to right direction|top to bottom direction)$/i;

/**
 * The lines of the first diagram of a text, without comments. Blocks that are only about looks are left out and said.
 *
 * @throws Error when there is none, or a line is longer than any diagram's
 */
export function linesOf(text: string, warnings: Warning[]): { kind: string; lines: Line[] } {
  const rows = text.split(/\r?\n/);
  const start = rows.findIndex((row) => /^\s*@start\w+/.test(row));
  const kind = /^\s*@start(\w+)/.exec(rows[start] ?? "")?.[1] ?? "uml";
  const end = rows.findIndex((row, index) => index > start && /^\s*@end\w+/.test(row));
  const lines: Line[] = [];
  let isComment = false;
  let looksUntil: RegExp | undefined;
  for (const [index, row] of rows.entries()) {
    if (index <= start || (end >= 0 && index >= end)) continue;
    const number = index + 1;
    if (row.length > longestLine) throw new Error(`Line ${number} is longer than ${longestLine} characters.`);
    const trimmed = row.trim();
    if (isComment || trimmed.startsWith("/'")) {
      isComment = !trimmed.endsWith("'/");
      continue;
    }
    if (trimmed === "" || trimmed.startsWith("'")) continue;
    if (looksUntil) {
      if (looksUntil.test(trimmed)) looksUntil = undefined;
      continue;
    }
    if (looks.test(trimmed) && !plain.test(trimmed)) {
      warnings.push({ message: `How it is drawn is left out: ${trimmed.slice(0, 60)}`, line: number });
      if (/^(skinparam|style)[^{]*\{$/i.test(trimmed)) looksUntil = /^\}$/;
      if (/^(legend|header|footer)\b/i.test(trimmed) && !/\S\s+\S/.test(trimmed))
        looksUntil = /^end ?(legend|header|footer)/i;
      continue;
    }
    if (/^<style>/i.test(trimmed)) {
      warnings.push({ message: "How it is drawn is left out: <style>", line: number });
      looksUntil = /^<\/style>/i;
      continue;
    }
    lines.push({ text: trimmed, number });
  }
  return { kind, lines };
}

/** A text as it is drawn: line breaks, and signs by their codes. */
export function worded(text: string): string {
  return text
    .replace(/\\n|<U\+([0-9A-Fa-f]{4,6})>/g, (_, code: string | undefined) => {
      const number = code === undefined ? 10 : Number.parseInt(code, 16);
      return number <= 0x10ffff ? String.fromCodePoint(number) : "";
    })
    .replaceAll("\u00a0", " ")
    .replaceAll("\u200b", "")
    .split("\n")
    .map((row) => row.trim())
    .join("\n")
    .trim();
}

/** The words between quotes, or as they stand. */
export const unquoted = (text: string): string => worded(text.trim().replace(/^"(.*)"$/, "$1"));

/**
 * What a declaration calls something, and the words that it shows: `orders`, `orders as "Order desk"` or
 * `"Order desk" as orders`.
 */
export function declaredAs(first: string, second: string | undefined): [id: string, label: string] {
  if (second === undefined) return [unquoted(first), unquoted(first)];
  return second.startsWith('"') ? [first, unquoted(second)] : [second, unquoted(first)];
}

/** A name as it stands in a text: `orders`, `"Order desk"`, `[Orders]`, `(Pay)`, `:Ann:`, `[*]`. */
const end = String.raw`(?:"[^"]*"|\[[^\]]*\](?:\[H\*?\])?|\([^()]*\)|:[^:]+:|[\p{L}\p{N}_.@$#]+(?:\[H\*?\])?)`;
const arrow = String.raw`[<|o*0+x}{#^\\/]*[-.=~][-.=~\[\]\w#,;*]*?[>|o*0+x}{#^\\/]*`;
const connection = new RegExp(
  String.raw`^(${end})\s*("[^"]*")?\s+?(${arrow})\s*("[^"]*")?\s+(${end})\s*(?::\s*(.*))?$|^(${end})(${arrow})(${end})\s*(?::\s*(.*))?$`,
  "u",
);

/** A line between two things. */
export interface Connection {
  from: string;
  to: string;
  arrow: string;
  startWords: string;
  endWords: string;
  label: string;
}

/** @returns undefined for a line that joins nothing */
export function connectionIn(text: string): Connection | undefined {
  const found = connection.exec(text);
  if (!found) return undefined;
  const [, from, startWords, spaced, endWords, to, label, tightFrom, tight, tightTo, tightLabel] = found;
  return {
    from: from ?? tightFrom ?? "",
    to: to ?? tightTo ?? "",
    arrow: spaced ?? tight ?? "",
    startWords: unquoted(startWords ?? ""),
    endWords: unquoted(endWords ?? ""),
    label: label ?? tightLabel ?? "",
  };
}

const starts: Record<string, Edge["startHead"]> = {
  "": "none",
  "<": "arrow",
  "<<": "arrow",
  "<|": "triangle",
  "^": "triangle",
  o: "diamond",
  "*": "filledDiamond",
  "0": "circle",
  "+": "cross",
  x: "cross",
  "#": "cross",
};
const ends: Record<string, Edge["endHead"]> = { ...starts, ">": "arrow", ">>": "arrow", "|>": "triangle" };
const feetBefore: Record<string, Edge["startCount"]> = {
  "||": "one",
  "|o": "zeroOrOne",
  "}|": "oneOrMore",
  "}o": "zeroOrMore",
  "}": "zeroOrMore",
};
const feetAfter: Record<string, Edge["endCount"]> = {
  "||": "one",
  "o|": "zeroOrOne",
  "|{": "oneOrMore",
  "o{": "zeroOrMore",
  "{": "zeroOrMore",
};

/** What an arrow between boxes says; undefined where it is none. */
export function arrowOf(
  text: string,
): Pick<Edge, "line" | "startHead" | "endHead" | "startCount" | "endCount"> | undefined {
  const [, before = "", stroke = "", after = ""] =
    /^([^-.=~]*)([-.=~].*?)([^-.=~\]\w]*|[o*0+x][|{]?|\|>|[|o][{|])$/.exec(text) ?? [];
  if (stroke === "") return undefined;
  const style = /\[([^\]]*)\]/.exec(stroke)?.[1] ?? "";
  const line =
    /\.|~/.test(stroke.replace(/\[[^\]]*\]/, "")) || /dashed|dotted/.test(style)
      ? "dashed"
      : /=/.test(stroke) || /bold|thickness/.test(style)
        ? "thick"
        : "solid";
  return {
    line,
    startHead: starts[before] ?? "none",
    endHead: ends[after] ?? "none",
    startCount: feetBefore[before] ?? "none",
    endCount: feetAfter[after] ?? "none",
  };
}
