import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runMany } from "../../../src/run/many/runMany.js";
import { sha256OfFile } from "../../../src/sources/file.js";
import { picturesIn } from "../../../src/sources/folder.js";
import { workflows } from "../../../src/workflows/index.js";
import { ApiDouble, goodKey } from "../../support/apiDouble.js";
import { applicationOn } from "../../support/application.js";
import { byContent } from "../../support/byContent.js";
import { numbered, runOptions } from "../../support/dependencies.js";
import { run } from "../../support/run.js";
import { freshFolder, storesIn } from "../../support/stores.js";

type Result = Record<string, number | string>;

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

/** Runs so many different pictures; twice, the second time from the cache. */
async function many(count: number) {
  const folder = await freshFolder();
  const paths: string[] = [];
  for (let number = 0; number < count; number++) {
    const path = join(folder, `${number}.png`);
    await writeFile(path, await numbered(number));
    paths.push(path);
  }
  const api = await new ApiDouble().start();
  api.remembers = false;
  const stores = storesIn(join(folder, "storage"));
  const app = applicationOn(stores);
  const around = await app.dependencies({ apiKey: goodKey, baseUrl: api.url });
  const { signal } = new AbortController();
  let cost = 0;
  const all = async () => {
    const start = performance.now();
    await runMany({
      pictures: paths,
      nameOf: (path) => path,
      atOnce: () => 4,
      signal,
      work: async (path) => {
        const source = { name: path, id: await sha256OfFile(path), bytes: () => readFile(path) };
        const { response } = await run(workflows.audit, source, { ...runOptions, signal }, around);
        if (!response?.cachedAt) cost += response?.cost ?? 0;
      },
      onEnd: (_, outcome) => {
        if (!("done" in outcome)) throw new Error("A picture of the benchmark failed");
      },
    });
    return performance.now() - start;
  };
  // The processes that prepare pictures are up.
  await app.pictures.forecast(await numbered(0), { longEdge: 1568, visualTokens: 1568 });
  const asked = await all();
  const known = await all();
  app.dispose();
  await api.stop();
  await rm(folder, { recursive: true, force: true });
  return { asked, known, cost };
}

/** How the cost of a picture grows with their number, in time and in dollars. */
export async function growth(): Promise<Result[]> {
  await many(10);
  const [few, hundred, thousand] = [await many(10), await many(100), await many(1000)];
  return [
    { pictures: 10, "ms a picture": round(few.asked / 10), "US$ a picture": round(few.cost / 10, 5) },
    {
      pictures: 100,
      "ms a picture": round(hundred.asked / 100),
      "US$ a picture": round(hundred.cost / 100, 5),
    },
    {
      pictures: 1000,
      "ms a picture": round(thousand.asked / 1000),
      "US$ a picture": round(thousand.cost / 1000, 5),
    },
    {
      pictures: "1000 / 10 (≤ 1.15)",
      "ms a picture": round(thousand.asked / 1000 / (few.asked / 10)),
      "US$ a picture": round(thousand.cost / 1000 / (few.cost / 10)),
    },
    { pictures: "100 from cache, s in all (< 2)", "ms a picture": round(hundred.known / 1000) },
  ];
}

/** A hundred thousand files, a fifth of them different. */
export async function indexing(count = 100_000): Promise<Result[]> {
  const folder = await freshFolder();
  const size = 2048;
  for (let part = 0; part < 100; part++) {
    await mkdir(join(folder, String(part)));
    const files = Array.from({ length: count / 100 }, (_, index) => part * (count / 100) + index);
    await Promise.all(
      files.map((number) =>
        writeFile(
          join(folder, String(part), `${number}.png`),
          Buffer.alloc(size, `${number % (count / 5)};`),
        ),
      ),
    );
  }
  globalThis.gc?.();
  const before = process.memoryUsage();
  const start = performance.now();
  const contents = await byContent(picturesIn(folder));
  const seconds = (performance.now() - start) / 1000;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  await rm(folder, { recursive: true, force: true });
  return [
    {
      files: count,
      contents: contents.size,
      seconds: round(seconds, 1),
      "MB of files": round((count * size) / 1e6, 0),
      "MB of memory": round(grown / 1e6, 1),
    },
  ];
}
