import { emitMermaid } from "../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { targets, targetsFor } from "../../../src/workflows/diagram/emit/targets.js";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import type { Graph, Kind } from "../../../src/workflows/diagram/schema.js";
import { objectionTo } from "../../../src/workflows/diagram/typedMermaid.js";
import { launchChromium } from "../../support/chromium.js";
import { edge, graph, message, node } from "../../support/diagrams.js";

/** A graph of so many nodes, each joined to one before it and some to another. */
export function largeGraph(kind: Kind, count: number): Graph {
  const details =
    kind === "class" || kind === "er" ? ["id: int PK", "name: string", "run(by: Date): bool"] : [];
  const nodes = Array.from({ length: count }, (_, index) => node(`n${index}`, `Thing ${index}`, { details }));
  const lines = nodes
    .slice(1)
    .flatMap(({ id }, index) => [
      edge(`n${index >> 1}`, id, index % 2 === 0 ? `line ${index}` : ""),
      ...(index % 5 === 0 ? [edge(id, `n${(index * 7) % count}`)] : []),
    ]);
  if (kind !== "sequence") return graph(kind, "Large", { nodes, edges: lines });
  return graph(kind, "Large", { nodes, steps: lines.map(({ from, to, label }) => message(from, to, label)) });
}

const kinds = ["flowchart", "sequence", "class", "er", "state", "mindmap", "architecture"] as const;

/** Every target that can express it, for a graph of 200 nodes: the first time, and the median once warm. */
export function emitting(): Array<Record<string, string | number>> {
  return kinds.map((kind) => {
    const large = largeGraph(kind, 200);
    const ids = targetsFor(kind);
    const times = Array.from({ length: 80 }, () => {
      const start = performance.now();
      for (const id of ids) targets[id].emit(large);
      return performance.now() - start;
    });
    return {
      kind,
      targets: ids.length,
      "first, ms": round2(times[0] ?? Number.NaN),
      "warm, ms (≤ 20)": round2(median(times.slice(40))),
    };
  });
}

/**
 * An edit of a flowchart of 60 nodes: looked at and drawn again, while Mermaid's parser judges it. Milliseconds, the
 * median of nine.
 */
export async function redrawing(): Promise<Array<Record<string, string | number>>> {
  const { text } = emitMermaid(largeGraph("flowchart", 60));
  const parser = new MermaidParser("./dist/mermaidWorker.js");
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.setContent('<body class="vscode-light"><div id="drawing"></div></body>');
  await page.addScriptTag({ path: "dist/panel/diagram.js" });
  const checks: number[] = [];
  const verdicts: number[] = [];
  const drawings: number[] = [];
  for (let round = 0; round < 12; round++) {
    const edited = text.replace("Thing 7", `Seven ${round}`);
    const start = performance.now();
    objectionTo(edited);
    checks.push(performance.now() - start);
    await parser.parse(edited);
    verdicts.push(performance.now() - start);
    drawings.push(
      await page.evaluate(async (one) => {
        const begun = performance.now();
        const svg = await window.drawMermaid?.(one, new Map());
        if (svg) document.querySelector("#drawing")?.replaceChildren(svg);
        document.body.getBoundingClientRect();
        return performance.now() - begun;
      }, edited),
    );
  }
  await browser.close();
  parser.dispose();
  const [check, draw] = [median(checks.slice(3)), median(drawings.slice(3))];
  return [
    {
      "check, ms": round2(check),
      "draw, ms": round2(draw),
      "edit to drawing, ms (≤ 150)": round2(check + draw),
    },
  ];
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round2 = (value: number): number => Math.round(value * 100) / 100;
