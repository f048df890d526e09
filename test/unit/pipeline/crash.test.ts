import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { BatchStore } from "../../../src/pipeline/batch/batchStore.js";
import { run } from "../../../src/pipeline/run.js";
import { jobs } from "../../../src/workflows/index.js";
import { ApiDouble } from "../../support/apiDouble.js";
import { aroundOf, numberedSource, runOptions } from "../../support/around.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const pictures = 3;

describe("a process that is killed", function () {
  this.timeout(60_000);
  let api: ApiDouble;
  let folder: string;
  before(async () => {
    api = await new ApiDouble().start();
  });
  beforeEach(async () => {
    api.reset();
    folder = await freshFolder();
  });
  after(() => api.stop());

  const start = (mode: "run" | "batch", stage = ""): ChildProcess =>
    spawn(
      process.execPath,
      [join("dist/test/support/crashing.main.js"), folder, api.url, mode, String(pictures), stage],
      { stdio: ["ignore", "pipe", "inherit"] },
    );

  /** Resolves when the process says this, or ends. */
  const until = (child: ChildProcess, words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      let said = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(words)) resolve();
      });
      child.once("exit", () => (said.includes(words) ? resolve() : reject(new Error(`It said: ${said}`))));
    });

  const kill = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });

  /** Everything is there, whole, and nothing has to be asked. */
  async function everythingIsThere(): Promise<void> {
    const stores = storesIn(folder);
    const ask = () => assert.fail("nothing is to be asked");
    for (let number = 0; number < pictures; number++) {
      const source = await numberedSource(number);
      const options = { ...runOptions, signal: new AbortController().signal };
      const { report } = await run(jobs.triage, source, options, { ...aroundOf(stores), ask });
      assert.match(report.title, /Bug triage/);
    }
    assert.deepEqual([stores.damages, stores.troubles], [[], []]);
  }

  /** What the ledger knows for certain is what the API billed. */
  async function ledgerIsRight(): Promise<void> {
    const { entries } = await storesIn(folder).ledger.today();
    const output = entries.reduce((sum, { usage, settled }) => sum + (settled ? usage.output : 0), 0);
    const open = entries.filter(({ settled }) => !settled).length;
    assert.ok(open <= 1, `${open} are not settled`);
    if (open === 0) assert.equal(output, api.bill.output);
    else assert.ok(output <= api.bill.output);
  }

  for (const [stage, questions] of [
    ["before keeping the measurement", pictures],
    ["after keeping the measurement", pictures],
    ["before asking", pictures],
    // It is not known whether that one was answered: it is asked again, and stays in the books.
    ["while answering", pictures + 1],
    ["before keeping the answer", pictures + 1],
    ["after asking", pictures],
    ["after keeping the answer", pictures],
    ["before keeping the run", pictures],
    ["after keeping the run", pictures],
  ] as const) {
    it(`goes on after it was killed ${stage}`, async () => {
      let killed = () => {};
      const isKilled = new Promise<void>((resolve) => {
        killed = resolve;
      });
      // An answer that is killed in its middle does not come to its end meanwhile.
      api.beforePiece = (piece) => (stage === "while answering" && piece > 2 ? isKilled : Promise.resolve());
      const first = start("run", stage);
      await until(first, `reached ${stage}`);
      await kill(first);
      killed();
      await until(start("run"), "done");
      assert.equal(api.questions.length, questions);
      await everythingIsThere();
      await ledgerIsRight();
      assert.equal((await storesIn(folder).history.list()).length, pictures);
    });
  }

  for (const stage of [
    "before the intent",
    "after the intent",
    "after creating",
    "after storing the id",
    "before the outcomes",
    "after the outcomes",
    "after the end",
  ]) {
    it(`pays for no batch twice after it was killed ${stage}`, async () => {
      const first = start("batch", stage);
      if (/outcomes|end/.test(stage)) {
        await until(first, "submitted");
        api.batches.endAll();
      }
      await until(first, `reached ${stage}`);
      await kill(first);
      api.batches.endsByItself = true;
      await until(start("batch"), "done");
      assert.equal(api.batches.held.length, 1);
      await everythingIsThere();
      const [batch, ...others] = await new BatchStore(storesIn(folder).storage).list();
      assert.equal([batch, ...others].filter((each) => each?.outcomes.size === pictures).length, 1);
      const { entries } = await storesIn(folder).ledger.today();
      const settled = entries.filter(({ settled: isSettled }) => isSettled);
      assert.equal(
        settled.reduce((sum, { usage }) => sum + usage.output, 0),
        api.bill.output,
      );
    });
  }

  it("leaves the other process on the same folder unharmed, and neither pays for what the other asks", async () => {
    const [one, other] = [start("run"), start("run")];
    await Promise.all([until(one, "done"), until(other, "done")]);
    assert.equal(api.questions.length, pictures);
    await everythingIsThere();
    await ledgerIsRight();
    assert.equal((await storesIn(folder).history.list()).length, pictures);
  });
});
