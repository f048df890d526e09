import { launchChromium } from "./chromium.js";

declare global {
  interface Window {
    plantUmlDrawing(text: string): Promise<string>;
  }
}

/** Draws each text with PlantUML itself, in a browser. SVGs, in the same order. */
export async function plantUmlDrawings(texts: readonly string[]): Promise<string[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // PlantUML looks for Graphviz, its layout engine, among the page's globals.
    await page.addScriptTag({ path: "node_modules/@plantuml/core/viz-global.js" });
    await page.addScriptTag({ path: "dist/test/page/plantumlReader.js" });
    const drawings: string[] = [];
    for (const text of texts) drawings.push(await page.evaluate((one) => window.plantUmlDrawing(one), text));
    return drawings;
  } finally {
    await browser.close();
  }
}
