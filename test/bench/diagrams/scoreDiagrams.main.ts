import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { toUserError } from "../../../src/errors.js";
import { defaultBaseUrl, defaultModel } from "../../../src/providers/anthropic/models.js";
import { currentAnswer } from "../../../src/store/runs/runResult.js";
import { parseJson } from "../../../src/text/json.js";
import { diagram } from "../../../src/workflows/diagram/diagram.js";
import { boxOf } from "../../../src/workflows/diagram/elements.js";
import { Graph } from "../../../src/workflows/diagram/schema.js";
import { workflows } from "../../../src/workflows/index.js";
import { known } from "../../../src/workflows/workflow.js";
import { applicationOn } from "../../support/application.js";
import { launchChromium } from "../../support/chromium.js";
import { sourceOf } from "../../support/pictures.js";
import { run } from "../../support/run.js";
import { freshFolder, storesIn } from "../../support/stores.js";
import { harderPictures } from "./harderPictures.js";
import { type KnownPicture, knownPictures } from "./pictures.js";
import { aspects, type Score, score } from "./score/score.js";
import { truthsIn } from "./truth/truth.js";

/**
 * `npm run score:diagrams -- DIR…`: compares what was read in each picture of a folder with what is in it. Beside
 * `name.jpg` (or .png, …) stands the truth: `name.graph.json`, `name.mmd` or `name.bpmn`. With ANTHROPIC_API_KEY, each
 * picture is read and `name.read.json` written; without, those that are there are compared. A folder that does not
 * exist is made, with the forty pictures of the tests, or with `--harder N` with N of the sixty harder ones.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: defaultModel },
    effort: { type: "string", default: "medium" },
    "base-url": { type: "string", default: defaultBaseUrl },
    harder: { type: "string" },
  },
});
if (positionals.length === 0) {
  console.error(
    "Usage: npm run score:diagrams -- DIR… [--harder N] [--model M] [--effort low|medium|high] [--base-url U]",
  );
  process.exit(2);
}
const apiKey = process.env.ANTHROPIC_API_KEY;
const app = applicationOn(storesIn(await freshFolder()));
const dependencies = await app.dependencies(apiKey ? { apiKey, baseUrl: values["base-url"] } : undefined);
const rows: Array<Record<string, string | number>> = [];
const means: Array<Record<string, string | number>> = [];
for (const folder of positionals) {
  if (!existsSync(folder)) await makePictures(folder);
  const scores: Score[] = [];
  let [count, cost] = [0, 0];
  for await (const { name, picture, truth } of truthsIn(folder)) {
    count++;
    const file = join(folder, `${name}.read.json`);
    let reason = "not read";
    if (apiKey)
      try {
        cost += await readPicture(folder, picture, file);
      } catch (error) {
        reason = `not read: ${toUserError(error, picture).message}`;
      }
    const read = Graph.safeParse(parseJson(await readFile(file, "utf8").catch(() => "")));
    if (!read.success) {
      rows.push({ picture: name, kind: reason });
      continue;
    }
    const one = score(truth, read.data);
    scores.push(one);
    const kind = one.isKind ? truth.kind : `${truth.kind}, read as ${read.data.kind}`;
    rows.push({ picture: name, kind, ...percents([one]) });
  }
  means.push({
    folder: basename(folder),
    scored: `${scores.length} of ${count}`,
    "kind right": percent(scores.filter(({ isKind }) => isKind).length / scores.length),
    ...percents(scores),
    ...(apiKey ? { US$: cost.toFixed(2) } : {}),
  });
}
app.dispose();
console.table(rows);
console.log("F1, the mean of each folder's pictures");
console.table(means);
if (rows.every((row) => !("nodes" in row)))
  console.log("Nothing was read yet: set ANTHROPIC_API_KEY, or put NAME.read.json beside the truth.");

/** @returns what it cost, in US dollars */
async function readPicture(folder: string, picture: string, into: string): Promise<number> {
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
  const read = known(diagram, currentAnswer(result), result.pictures)?.graph;
  const [{ picture: geometry }] = result.pictures;
  // Places are those of the picture, as the truth's are.
  const nodes = read?.nodes.map((node) => {
    const box = boxOf(node.place, geometry);
    return box ? { ...node, place: { part: 1, ...box } } : node;
  });
  await writeFile(into, JSON.stringify({ ...read, nodes }, null, 2));
  return result.response?.cost ?? 0;
}

async function makePictures(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const browser = await launchChromium();
  const pictures: AsyncGenerator<KnownPicture> =
    values.harder === undefined ? knownPictures(browser) : harderPictures(browser, Number(values.harder));
  for await (const { name, graph, photo } of pictures) {
    await writeFile(join(into, `${name}.jpg`), photo);
    await writeFile(join(into, `${name}.graph.json`), JSON.stringify(graph, null, 2));
  }
  await browser.close();
}

/** The mean F1 of each aspect, over the pictures that have it. */
function percents(scores: readonly Score[]): Record<string, string> {
  return Object.fromEntries(
    aspects.map((aspect) => {
      const rates = scores.flatMap((one) => one[aspect] ?? []);
      return [
        aspect,
        rates.length === 0 ? "–" : percent(rates.reduce((sum, { f1 }) => sum + f1, 0) / rates.length),
      ];
    }),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
