import { type Grid, type GridCell, pathWords } from "../../report.js";
import { escapeMarkdownLine } from "../../text/markdown.js";

/** The values as Markdown tables: first what stands once, then each list. Nothing in it is live. */
export function gridToMarkdown({ fields, tables }: Grid): string {
  const single =
    fields.length === 0
      ? []
      : [
          table(
            ["Value", "Printed"],
            fields.map((cell) => [pathWords(cell.path), cell.text]),
          ),
        ];
  const lists = tables.map(({ path, columns, rows }) => {
    const body = table(
      columns,
      rows.map((row) => row.map(({ text }: GridCell) => text)),
    );
    return tables.length === 1 && fields.length === 0
      ? body
      : `### ${escapeMarkdownLine(pathWords(path))}\n\n${body}`;
  });
  return `${[...single, ...lists].join("\n\n")}\n`;
}

function table(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdownLine).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}
