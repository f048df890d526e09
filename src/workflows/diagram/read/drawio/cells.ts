import { inflateRawSync } from "node:zlib";
import { SaxesParser } from "saxes";
import type { Warning } from "../reading.js";

/** What a compressed page may grow to. Bytes. */
const largestPage = 8 * 1024 * 1024;

/** More than any drawing has. */
const mostCells = 20_000;

/** A shape or a line of draw.io, as its file has it. */
export interface Cell {
  id: string;
  label: string;
  style: Map<string, string>;
  isEdge: boolean;
  isVertex: boolean;
  parent: string;
  source: string;
  target: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** First and last point of a line without cells at its ends. */
  points: Array<{ x: number; y: number; as: string }>;
  line: number;
}

/**
 * The cells of a file's first page.
 *
 * @param warnings receives what is left out
 * @throws Error when it is no file of draw.io, or larger than it may be
 */
export function cellsIn(text: string, warnings: Warning[]): { cells: Cell[]; title: string } {
  const cells: Cell[] = [];
  let title: string | undefined;
  let pages = 0;
  let packed = "";
  let holder: { label: string; id: string } | undefined;
  const parser = new SaxesParser({ position: true, xmlns: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("A document type is not allowed here.");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const attribute = (key: string): string => String(attributes[key] ?? "");
    if (name === "diagram") {
      pages++;
      title ??= attribute("name");
    }
    if (pages > 1) return;
    if (name === "UserObject" || name === "object")
      holder = { label: attribute("label"), id: attribute("id") };
    if (name === "mxCell") {
      if (cells.length >= mostCells) throw new Error(`It holds more than ${mostCells} cells.`);
      cells.push({
        id: holder?.id ?? attribute("id"),
        label: holder?.label ?? attribute("value"),
        style: styleOf(attribute("style")),
        isEdge: attribute("edge") === "1",
        isVertex: attribute("vertex") === "1",
        parent: attribute("parent"),
        source: attribute("source"),
        target: attribute("target"),
        x: 0,
        y: 0,
        width: 0,
        height: 0,
        points: [],
        line: parser.line,
      });
    }
    const cell = cells.at(-1);
    const number = (key: string): number => Number(attribute(key)) || 0;
    if (name === "mxGeometry" && cell)
      Object.assign(cell, {
        x: number("x"),
        y: number("y"),
        width: number("width"),
        height: number("height"),
      });
    if (name === "mxPoint" && cell) cell.points.push({ x: number("x"), y: number("y"), as: attribute("as") });
  });
  parser.on("closetag", ({ name }) => {
    if (name === "UserObject" || name === "object") holder = undefined;
  });
  parser.on("text", (words) => {
    if (pages === 1 && cells.length === 0) packed += words.trim();
  });
  parser.write(text).close();
  if (pages > 1) warnings.push({ message: `The first of ${pages} pages is read; the others are left out.` });
  if (cells.length > 0) return { cells, title: title ?? "" };
  if (packed === "") throw new Error("It holds no drawing of draw.io.");
  const inner = cellsIn(unpacked(packed), warnings);
  return { cells: inner.cells, title: title ?? "" };
}

/** A page that draw.io has compressed: deflated, in base64, with percent signs within. */
function unpacked(packed: string): string {
  const bytes = inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: largestPage });
  const model = decodeURIComponent(bytes.toString("latin1"));
  if (!model.trimStart().startsWith("<mxGraphModel")) throw new Error("It holds no drawing of draw.io.");
  return model;
}

function styleOf(text: string): Map<string, string> {
  const pairs = text.split(";").filter((one) => one !== "");
  return new Map(
    pairs.map((pair, index): [string, string] => {
      const [key = "", value] = pair.split("=", 2);
      // A name without a value, such as `ellipse`, is a shape's.
      return value === undefined ? [index === 0 ? "name" : key, index === 0 ? key : "1"] : [key, value];
    }),
  );
}

/** The words of a label, which may be HTML. */
export function wordsOf({ label, style }: Cell): string {
  if (style.get("html") !== "1") return label.trim();
  return label
    .replace(/<(br|\/p|\/div|hr|\/li|\/h\d)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .split("\n")
    .map((row) => row.trim())
    .filter((row) => row !== "")
    .join("\n");
}

/** Where a cell lies on the page, whatever is around it. */
export function onPage(cell: Cell, byId: ReadonlyMap<string, Cell>): { x: number; y: number } {
  let [x, y] = [cell.x, cell.y];
  const seen = new Set([cell.id]);
  for (let at = byId.get(cell.parent); at && !seen.has(at.id); at = byId.get(at.parent)) {
    seen.add(at.id);
    x += at.x;
    y += at.y;
  }
  return { x, y };
}
