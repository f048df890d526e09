import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Application } from "../../../src/app/application.js";
import { defaultBaseUrl, defaultModel } from "../../../src/providers/anthropic/models.js";
import { run } from "../../../src/run/runner.js";
import { parseJson } from "../../../src/text/json.js";
import { diagram } from "../../../src/workflows/diagram/diagram.js";
import { Graph } from "../../../src/workflows/diagram/schema.js";
import { workflows } from "../../../src/workflows/index.js";
import { known } from "../../../src/workflows/workflow.js";
import { sourceOf } from "../../support/pictures.js";
import { freshFolder, storesIn } from "../../support/stores.js";
import { launchChromium } from "../../support/vscode.js";
import { knownPictures } from "./pictures.js";
import { score } from "./score.js";

/**
 * `npm run score:diagrams -- DIR`: compares what was read in each picture of a folder with what is in it. Beside
 * `name.jpg` (or .png, …), `name.graph.json` holds the true graph. With ANTHROPIC_API_KEY, each picture is read
 * and `name.read.json` written; without, those that are there are compared. A folder that does not exist is made,
 * with the forty pictures of the tests.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: defaultModel },
    effort: { type: "string", default: "medium" },
    "base-url": { type: "string", default: defaultBaseUrl },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Usage: npm run score:diagrams -- DIR [--model M] [--effort low|medium|high] [--base-url U]");
  process.exit(2);
}
if (!existsSync(folder)) await makePictures(folder);

const apiKey = process.env.ANTHROPIC_API_KEY;
const app = new Application((file) => resolve("dist", file), storesIn(await freshFolder()));
const dependencies = await app.dependencies(apiKey ? { apiKey, baseUrl: values["base-url"] } : undefined);
const rows: Array<Record<string, string | number>> = [];
const sums = { nodes: 0, edges: 0, cost: 0, kinds: 0 };
const names = (await readdir(folder)).filter((name) => name.endsWith(".graph.json")).sort();
for (const file of names) {
  const name = file.slice(0, -".graph.json".length);
  const truth = Graph.parse(parseJson(await readFile(join(folder, file), "utf8")));
  const picture = (await readdir(folder)).find(
    (other) => other.startsWith(`${name}.`) && !other.endsWith(".json"),
  );
  const readFileName = join(folder, `${name}.read.json`);
  if (apiKey && picture !== undefined) {
    const result = await run(
      workflows.diagram,
      sourceOf(picture, await readFile(join(folder, picture))),
      {
        model: values.model,
        effort: values.effort === "low" || values.effort === "high" ? values.effort : "medium",
        redaction: "off",
        measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
        offline: false,
        signal: new AbortController().signal,
      },
      dependencies,
    );
    sums.cost += result.asked?.cost ?? 0;
    await writeFile(
      readFileName,
      JSON.stringify(known(diagram, result.asked?.answer, result)?.graph, null, 2),
    );
  }
  const predicted = Graph.safeParse(parseJson(await readFile(readFileName, "utf8").catch(() => "")));
  if (!predicted.success) {
    rows.push({ picture: name, kind: "not read" });
    continue;
  }
  const { isKind, nodes, edges } = score(truth, predicted.data);
  sums.kinds += isKind ? 1 : 0;
  sums.nodes += nodes.f1;
  sums.edges += edges.f1;
  rows.push({
    picture: name,
    kind: isKind ? truth.kind : `${truth.kind}, read as ${predicted.data.kind}`,
    "node precision": percent(nodes.precision),
    "node recall": percent(nodes.recall),
    "node F1": percent(nodes.f1),
    "edge precision": percent(edges.precision),
    "edge recall": percent(edges.recall),
    "edge F1": percent(edges.f1),
  });
}
app.dispose();
const scored = rows.filter((row) => "node F1" in row).length;
console.table(rows);
if (scored === 0)
  console.log("Nothing was read yet: set ANTHROPIC_API_KEY, or put NAME.read.json beside NAME.graph.json.");
else
  console.log(
    `${scored} of ${names.length} pictures · kind right in ${percent(sums.kinds / scored)} · node F1 ${percent(sums.nodes / scored)} · edge F1 ${percent(sums.edges / scored)}${apiKey ? ` · US$ ${sums.cost.toFixed(2)}` : ""}`,
  );

async function makePictures(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const browser = await launchChromium();
  for await (const { name, graph, photo } of knownPictures(browser)) {
    await writeFile(join(into, `${name}.jpg`), photo);
    await writeFile(join(into, `${name}.graph.json`), JSON.stringify(graph, null, 2));
  }
  await browser.close();
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
