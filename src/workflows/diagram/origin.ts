import { z } from "zod";
import { type TargetId, targets } from "./emit/targets.js";
import { titleLines } from "./typedMermaid.js";

/** Where an inserted diagram comes from, as a comment in it says. */
export interface Origin {
  /** From the document's folder, with slashes. */
  path: string;
  /** Of the picture's bytes: SHA-256, in hexadecimal. */
  sha256: string;
  target: string;
}

const mark = "screenshot-workbench:";

/** The comment's words. Encoded, so that no name of a file can end the comment. */
export const originWords = ({ path, sha256, target }: Origin): string =>
  `${mark} ${target} from ${encodeURIComponent(path).replaceAll("%2F", "/").replaceAll("-", "%2D")} ${sha256}`;

const end = `${mark} end`;

/**
 * A diagram's text as it is inserted, where its language has comments: below one that says where it comes from, and
 * above one that says that it ends, so that updating it touches nothing else.
 */
export function withOrigin(text: string, target: TargetId, picture: Omit<Origin, "target">): string {
  const { comment } = targets[target];
  if (comment === undefined) return text;
  // Mermaid wants a title before everything else.
  const titled = target === "mermaid" ? titleLines(text) : 0;
  const lines = text.trimEnd().split("\n");
  const origin = `${comment}${originWords({ ...picture, target })}`;
  return [...lines.slice(0, titled), origin, ...lines.slice(titled), `${comment}${end}`, ""].join("\n");
}

const Parsed = z.object({ target: z.string(), path: z.string(), sha256: z.string() });

/** An inserted diagram in a document. Lines from 0. */
export interface InsertedDiagram {
  origin: Origin;
  /** The comment's line, and the one after the diagram's last. */
  from: number;
  to: number;
  /** What stands before each of its lines, such as the sign of a comment. */
  prefix: string;
}

/**
 * The inserted diagram in which a line lies: from its title or first comment to its last. Where that was taken out, to
 * the end of its fence, of the block of lines that begin alike, or of the document.
 */
export function diagramAt(lines: readonly string[], line: number): InsertedDiagram | undefined {
  // The title of a Mermaid text stands above its comment.
  for (let from = Math.min(line + 3, lines.length - 1); from >= 0; from--) {
    const origin = originIn(lines[from] ?? "");
    if (!origin) continue;
    const inserted = extentOf(lines, from, origin);
    if (inserted.from <= line) return line < inserted.to ? inserted : undefined;
  }
  return undefined;
}

/** How many lines right above a comment hold a title, and nothing else. */
function titleAbove(lines: readonly string[], from: number, prefix: string): number {
  const above = lines.slice(Math.max(0, from - 3), from);
  if (above.some((row) => !row.startsWith(prefix.trimEnd()))) return 0;
  return titleLines(above.map((row) => `${row.slice(prefix.length)}\n`).join(""));
}

function originIn(row: string): Origin | undefined {
  const [, target, path, sha256] =
    /screenshot-workbench: ([a-z0-9]+) from (\S+) ([0-9a-f]{64})\b/.exec(row) ?? [];
  const parsed = Parsed.safeParse({ target, path: decoded(path), sha256 });
  return parsed.success ? parsed.data : undefined;
}

function decoded(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function extentOf(lines: readonly string[], from: number, origin: Origin): InsertedDiagram {
  const isFence = (index: number) => /^\s*(```|~~~)/.test(lines[index] ?? "");
  const isFenced = isFence(from - 1) || (titleAbove(lines, from, "") > 0 && isFence(from - 4));
  // As comment lines in code, the diagram's own comment sign stands after the code's.
  const prefix = isFenced
    ? ""
    : (/^((?:\/\/|#|--|;|%(?!%)) ?)(?=(?:%%|'|\/\/|#|--|<!--) )/.exec(lines[from] ?? "")?.[1] ?? "");
  const first = from - titleAbove(lines, from, prefix);
  let to = from + 1;
  while (to < lines.length) {
    const row = lines[to] ?? "";
    if (row.includes(end)) return { origin, from: first, to: to + 1, prefix };
    if (isFenced && /^\s*(```|~~~)\s*$/.test(row)) break;
    if (!isFenced && prefix !== "" && !row.startsWith(prefix.trim())) break;
    if (originIn(row)) break;
    to++;
  }
  return { origin, from: first, to, prefix };
}
