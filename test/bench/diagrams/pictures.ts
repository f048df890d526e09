import type { Browser, Page } from "playwright-core";
import { emitMermaid } from "../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { knownGraphs, randomFrom } from "../../support/knownGraphs.js";
import { photograph, type Shot } from "../../support/photograph.js";

declare global {
  interface Window {
    sketched(text: string): Promise<string>;
  }
}

export interface KnownPicture {
  name: string;
  graph: Graph;
  /** A JPEG, as a phone takes it of a whiteboard. */
  photo: Buffer;
  /** The drawing itself, as PNG. */
  drawing: Buffer;
}

/** Draws the known graphs as if by hand and photographs them: from the side, in shadow, with faint markers. */
export async function* knownPictures(browser: Browser, graphs = knownGraphs): AsyncGenerator<KnownPicture> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.addScriptTag({ path: "dist/test/page/mermaidReader.js" });
  for (const [index, graph] of graphs.entries()) {
    const drawing = await draw(page, graph);
    const photo = await photograph(browser, drawing, shotOf(index));
    yield { name: `${String(index + 1).padStart(2, "0")}-${graph.kind}`, graph, photo, drawing };
  }
  await page.close();
}

async function draw(page: Page, graph: Graph): Promise<Buffer> {
  const svg = await page.evaluate((text) => window.sketched(text), emitMermaid(graph).text);
  await page.evaluate((drawing) => {
    document.body.innerHTML = `<div style="position:fixed;inset:0;background:#f7f7f3;padding:60px;display:grid;place-items:center">${drawing}</div>`;
    const shape = document.querySelector<SVGSVGElement>("svg");
    if (shape) Object.assign(shape.style, { width: "100%", height: "100%", maxWidth: "none" });
  }, svg);
  return page.screenshot();
}

/** Forty ways to hold a phone, the same in every run. */
export function shotOf(seed: number): Shot {
  const random = randomFrom(seed + 500);
  const between = (least: number, most: number) => least + random() * (most - least);
  return {
    aside: between(-38, 38),
    above: between(-12, 22),
    tilt: between(-8, 8),
    shadow: between(0.3, 0.7),
    glare: between(0, 0.8),
    ink: between(0.2, 0.6),
  };
}
