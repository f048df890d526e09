import type { Browser } from "playwright-core";
import type { Edge, Graph, Node } from "../../../src/workflows/diagram/schema.js";
import { remarksOf } from "../../../src/workflows/diagram/structure.js";
import { photograph } from "../../support/photograph.js";
import { cell, harderCount, harderGraph, margin } from "./harderGraphs.js";
import { type KnownPicture, shotOf } from "./pictures.js";

const ink = "#1d2f55";
const fills: Record<string, string> = { red: "#f2b8b5", green: "#bfe3c0", orange: "#f7d9a8" };

/** The drawings that are as hard as real ones, and photos of them on a board. */
export async function* harderPictures(browser: Browser, count = harderCount): AsyncGenerator<KnownPicture> {
  for (let seed = 0; seed < count; seed++) {
    const graph = harderGraph(seed);
    const drawing = await drawn(browser, graph, seed);
    const photo = await photograph(browser, drawing, { ...shotOf(seed), ink: 0.9 }, 2);
    yield { name: `harder-${String(seed + 1).padStart(2, "0")}`, graph, photo, drawing };
  }
}

/** A drawing with lines that are a little unsteady, as PNG; its pixels are those of the graph's places. */
export async function drawn(browser: Browser, graph: Graph, seed: number): Promise<Buffer> {
  const columns = Math.max(...graph.nodes.map(({ place }) => place.x + place.width));
  const rows = Math.max(...graph.nodes.map(({ place }) => place.y + place.height));
  const [width, height] = [columns + margin + 40, rows + margin + 80];
  const page = await browser.newPage({ viewport: { width, height } });
  const remarked = remarksOf(graph);
  await page.setContent(`<body style="margin:0;background:#fbfbf8;font:italic 17px 'DejaVu Sans',sans-serif;color:${ink}">
    <svg width="${width}" height="${height}" style="position:absolute;left:0;top:0">
      <defs>
        <marker id="head" viewBox="0 0 12 12" refX="11" refY="6" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path d="M1 1L11 6L1 11" fill="none" stroke="${ink}" stroke-width="2"/></marker>
        <filter id="unsteady"><feTurbulence baseFrequency="0.012" numOctaves="2" seed="${seed}"/>
          <feDisplacementMap in="SourceGraphic" scale="5"/></filter>
      </defs>
      <g filter="url(#unsteady)" fill="none" stroke="${ink}" stroke-width="2">
        ${graph.groups.map(({ id }) => frame(graph.nodes.filter(({ group }) => group === id))).join("")}
        ${graph.nodes.map((node) => outline(node, fills[remarked(node.id, "colour") ?? ""] ?? "none")).join("")}
        ${graph.edges.map((edge) => line(edge, graph)).join("")}
      </g></svg>
    ${graph.groups
      .map(({ id, label }) =>
        frameLabel(
          label,
          graph.nodes.filter(({ group }) => group === id),
        ),
      )
      .join("")}
    ${graph.nodes.map(({ label, place }) => words(label, place.x + 8, place.y, place.width - 16, place.height)).join("")}
    ${graph.edges.map((edge) => edgeLabel(edge, graph)).join("")}
    ${graph.title === "" ? "" : `<div style="position:absolute;left:${margin}px;top:18px;font-size:26px">${escaped(graph.title)}</div>`}
    ${graph.notes.map(({ text }, index) => `<div style="position:absolute;left:${margin + index * 300}px;top:${height - 58}px;background:#fff3a8;padding:6px 10px">${escaped(text)}</div>`).join("")}
  </body>`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const words = (text: string, x: number, y: number, width: number, height: number): string =>
  `<div style="position:absolute;left:${x}px;top:${y}px;width:${width}px;height:${height}px;display:grid;place-items:center;text-align:center;line-height:1.1">${escaped(text)}</div>`;

function outline({ shape, place: { x, y, width, height } }: Node, fill: string): string {
  if (shape === "diamond")
    return `<path fill="${fill}" d="M${x} ${y + height / 2}L${x + width / 2} ${y}L${x + width} ${y + height / 2}L${x + width / 2} ${y + height}Z"/>`;
  if (shape === "cylinder")
    return `<path fill="${fill}" d="M${x} ${y + 12}v${height - 24}a${width / 2} 12 0 0 0 ${width} 0v${24 - height}"/><ellipse fill="${fill}" cx="${x + width / 2}" cy="${y + 12}" rx="${width / 2}" ry="12"/>`;
  const radius = shape === "stadium" ? height / 2 : shape === "rounded" ? 14 : 0;
  return `<rect fill="${fill}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

/** Around the cells of what lies in it. */
function frameBox(nodes: readonly Node[]): { x: number; y: number; width: number; height: number } {
  const columns = nodes.map(({ place: { x, width } }) => Math.floor((x + width / 2 - margin) / cell.width));
  const rows = nodes.map(({ place: { y, height } }) => Math.floor((y + height / 2 - margin) / cell.height));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  return {
    x: margin + left * cell.width + 12,
    y: margin + top * cell.height - 14,
    width: (Math.max(...columns) - left + 1) * cell.width - 24,
    height: (Math.max(...rows) - top + 1) * cell.height + 18,
  };
}

function frame(nodes: readonly Node[]): string {
  const { x, y, width, height } = frameBox(nodes);
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" stroke-dasharray="14 6"/>`;
}

function frameLabel(label: string, nodes: readonly Node[]): string {
  const { x, y } = frameBox(nodes);
  return `<div style="position:absolute;left:${x + 10}px;top:${y + 4}px;font-weight:bold">${escaped(label)}</div>`;
}

/** Where a line's ends are: on the outlines of what it joins. */
function endsOf({ from, to }: Edge, { nodes }: Graph): [number, number, number, number] {
  const [one, other] = [nodes.find(({ id }) => id === from), nodes.find(({ id }) => id === to)];
  if (!one || !other) throw new Error("A line joins what is not there");
  const start = towards(one, other);
  const end = towards(other, one);
  return [start.x, start.y, end.x, end.y];
}

function towards({ shape, place }: Node, { place: aim }: Node): { x: number; y: number } {
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  const [across, down] = [aim.x + aim.width / 2 - x, aim.y + aim.height / 2 - y];
  const [w, h] = [place.width / 2 + 3, place.height / 2 + 3];
  const share =
    shape === "diamond"
      ? 1 / (Math.abs(across) / w + Math.abs(down) / h)
      : 1 / Math.max(Math.abs(across) / w, Math.abs(down) / h);
  return { x: x + across * share, y: y + down * share };
}

function line(edge: Edge, graph: Graph): string {
  const [x1, y1, x2, y2] = endsOf(edge, graph);
  const look =
    edge.line === "dashed" ? 'stroke-dasharray="9 6"' : edge.line === "thick" ? 'stroke-width="5"' : "";
  const start = edge.startHead === "none" ? "" : 'marker-start="url(#head)"';
  const end = edge.endHead === "none" ? "" : 'marker-end="url(#head)"';
  return `<path d="M${x1} ${y1}L${x2} ${y2}" ${look} ${start} ${end}/>`;
}

function edgeLabel(edge: Edge, graph: Graph): string {
  if (edge.label === "") return "";
  const [x1, y1, x2, y2] = endsOf(edge, graph);
  // Nearer to the start, so that the labels of lines that cross stand apart.
  return `<div style="position:absolute;left:${x1 + (x2 - x1) * 0.4}px;top:${y1 + (y2 - y1) * 0.4 - 10}px;transform:translateX(-50%);font-size:15px;background:#fbfbf8cc">${escaped(edge.label)}</div>`;
}
