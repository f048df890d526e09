import { xmlText } from "../xml.js";
import type { Place } from "./layout.js";

/** One `mxCell`: a shape, a line, or a word on a line. */
export interface Cell {
  id: string;
  label: string;
  /** `key=value;` pairs. */
  style: string;
  /** The cell that it lies in; "1" is the page. */
  parent: string;
  place?: Place;
  /** The ids of its ends. */
  ends?: { from: string; to: string };
  /** Where a line without cells at its ends begins, bends and ends, in pixels of the page. */
  points?: Array<{ x: number; y: number }>;
  /** On a line: from -1 at its start to 1 at its end. */
  along?: number;
}

/**
 * Cells as draw.io's own file format, uncompressed.
 *
 * @see https://www.drawio.com/doc/faq/drawio-file-formats
 */
export function drawioFile(title: string, cells: Cell[]): string {
  return [
    `<mxfile host="screenshot-workbench">`,
    `  <diagram id="diagram" name="${xmlText(title) || "Page-1"}">`,
    `    <mxGraphModel grid="1" gridSize="10" guides="1" tooltips="0" connect="1" arrows="1" fold="1" page="0" math="0">`,
    "      <root>",
    '        <mxCell id="0"/>',
    '        <mxCell id="1" parent="0"/>',
    ...cells.map((cell) => `        ${cellRow(cell)}`),
    "      </root>",
    "    </mxGraphModel>",
    "  </diagram>",
    "</mxfile>",
    "",
  ].join("\n");
}

function cellRow({ id, label, style, parent, place, ends, points, along }: Cell): string {
  const isLine = ends !== undefined || points !== undefined;
  const kind = isLine ? 'edge="1"' : along === undefined ? 'vertex="1"' : 'vertex="1" connectable="0"';
  const joined = ends ? ` source="${ends.from}" target="${ends.to}"` : "";
  return `<mxCell id="${id}" value="${xmlText(label)}" style="${style}html=0;" ${kind} parent="${parent}"${joined}>${geometry(place, points, along)}</mxCell>`;
}

function geometry(place: Place | undefined, points: Cell["points"], along: number | undefined): string {
  if (place)
    return `<mxGeometry x="${place.x}" y="${place.y}" width="${place.width}" height="${place.height}" as="geometry"/>`;
  if (along !== undefined) return `<mxGeometry x="${along}" relative="1" as="geometry"/>`;
  const [start, ...rest] = points ?? [];
  const end = rest.pop();
  if (!start || !end) return '<mxGeometry relative="1" as="geometry"/>';
  const point = ({ x, y }: { x: number; y: number }, as = "") => `<mxPoint x="${x}" y="${y}"${as}/>`;
  const bends =
    rest.length === 0 ? "" : `<Array as="points">${rest.map((one) => point(one)).join("")}</Array>`;
  return `<mxGeometry relative="1" as="geometry">${point(start, ' as="sourcePoint"')}${point(end, ' as="targetPoint"')}${bends}</mxGeometry>`;
}
