import { codeBlock, escapeMarkdown, escapeMarkdownLine } from "../../text/markdown.js";
import type { Block } from "./blocks.js";

/** The text as it is, blocks apart by an empty line. */
export const toPlainText = (blocks: readonly Block[]): string =>
  blocks.length === 0 ? "" : `${blocks.map(({ lines }) => lines.join("\n")).join("\n\n")}\n`;

/** The text as Markdown that shows just that text: headings, lists and fenced code are marked, nothing in it is live. */
export const toMarkdown = (blocks: readonly Block[]): string =>
  blocks.length === 0 ? "" : `${blocks.map(blockToMarkdown).join("\n\n")}\n`;

function blockToMarkdown({ kind, language, lines }: Block): string {
  switch (kind) {
    case "heading":
      return `## ${escapeMarkdownLine(lines.join(" "))}`;
    case "code":
      return codeBlock(lines.join("\n"), /^[a-z0-9+#-]{1,20}$/.test(language) ? language : "");
    case "list":
      return lines.map(itemToMarkdown).join("\n");
    case "paragraph":
      return lines.map(escapeMarkdown).join("\n\n");
    case "lines":
      // Two blanks at its end keep a line break.
      return lines.map(escapeMarkdown).join("  \n");
  }
}

/** A numbered item keeps its number, any other bullet becomes a dash. */
function itemToMarkdown(item: string): string {
  const numbered = /^\(?(\d{1,3})[.)]\s+(.*)$/.exec(item);
  if (numbered) return `${numbered[1]}. ${escapeMarkdownLine(numbered[2] ?? "")}`;
  return `- ${escapeMarkdownLine(item.replace(/^(?:[•◦▪‣·*–—-]|\(?[a-z][.)])\s+/u, ""))}`;
}
