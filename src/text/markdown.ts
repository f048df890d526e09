/**
 * What a host would turn into a link, a mention or a reference: addresses, `@name` (e-mail too), `#12`,
 * `owner/repo#12`, `GH-12`.
 */
const live = /(?:\b[a-z][a-z\d+.-]*:\/\/|\bwww\.)[^\s]+|[^\s@]*@[\w-][^\s]*|[\w./-]*#\d+\b|\bGH-\d+\b/giu;

const longestRun = (text: string, character: string): number =>
  Math.max(0, ...(text.match(new RegExp(`${character}+`, "g")) ?? []).map((run) => run.length));

/** The text as inline code: shown as it is, nothing in it is live. */
export function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text, "`") + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${pad}${text.replace(/\n/g, " ")}${pad}${fence}`;
}

/** The text as a fenced block; the fence is longer than any run of backticks in it. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const escapePunctuation = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    // What is special at the start of a line alone: headings, lists, rules and underlines.
    .replace(/^(\s*)(#{1,6}(?=\s|$)|[+-](?=\s|$)|-{2,}\s*$|={1,}\s*$)/gm, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s|$)/gm, "$1\\$2");

/**
 * Text from a picture as Markdown that shows just that text: no markup, no link, no image, no HTML, and
 * nobody is mentioned and no issue closed by it.
 */
export function escapeMarkdown(text: string): string {
  let escaped = "";
  let last = 0;
  for (const match of text.matchAll(live)) {
    escaped += escapePunctuation(text.slice(last, match.index)) + codeSpan(match[0]);
    last = match.index + match[0].length;
  }
  return escaped + escapePunctuation(text.slice(last));
}

/** The same on one line, for table cells, list items and headings. */
export function escapeMarkdownLine(text: string): string {
  return escapeMarkdown(text.replace(/\s*\n\s*/g, " ").trim());
}
