/** A fenced block of Markdown. Lines from 0. */
export interface Fence {
  /** What stands behind the opening fence. */
  info: string;
  text: string;
  /** The lines of the two fences. */
  from: number;
  to: number;
}

/** The fenced blocks of a document, also those in lists. One that is not closed reaches to the end. */
export function fencesIn(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; indent: number; info: string; from: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, indent = "", mark, rest = ""] = /^([ \t]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open) {
      if (!mark?.startsWith(open.mark) || rest.trim() !== "") continue;
      fences.push(closed(open, lines, index));
      open = undefined;
    } else if (mark !== undefined && !(mark.startsWith("`") && rest.includes("`")))
      open = { mark, indent: indent.length, info: rest.trim(), from: index };
  }
  if (open) fences.push(closed(open, lines, lines.length));
  return fences;
}

/** The fenced block in which a line lies, its fences included. */
export const fenceAt = (lines: readonly string[], line: number): Fence | undefined =>
  fencesIn(lines).find(({ from, to }) => from <= line && line <= to);

function closed(
  { indent, info, from }: { indent: number; info: string; from: number },
  lines: readonly string[],
  to: number,
): Fence {
  // What a list indents is not part of the block.
  const dedented = (line: string) => line.slice(Math.min(indent, line.length - line.trimStart().length));
  return {
    info,
    text: lines
      .slice(from + 1, to)
      .map(dedented)
      .join("\n"),
    from,
    to,
  };
}
