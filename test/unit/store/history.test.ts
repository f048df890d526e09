import assert from "node:assert/strict";
import { mkdir, readdir, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { preparePicture } from "../../../src/image/prepare.js";
import type { PreparedPicture } from "../../../src/image/prepared.js";
import { noUsage } from "../../../src/providers/anthropic/usage.js";
import { evaluate } from "../../../src/run/evaluate.js";
import { History } from "../../../src/store/runs/history.js";
import type { KeptRun } from "../../../src/store/runs/runFolder.js";
import type { RunResult } from "../../../src/store/runs/runResult.js";
import { runId } from "../../../src/store/runs/runSummary.js";
import { Storage } from "../../../src/store/storage.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample } from "../../support/pictures.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const summarize = (run: KeptRun) => evaluate(workflows[run.workflow], run.asked?.answer, run).report;

describe("history", () => {
  let folder: string;
  let prepared: PreparedPicture;
  let result: RunResult;
  let id: string;
  beforeEach(async () => {
    folder = await freshFolder();
    prepared = await preparePicture(sample("checkout.png"), "checkout.png", current);
    const seen = { picture: prepared, measurement: nothingMeasured };
    const asked = { answer: auditAnswer, model: "m", usage: noUsage, cost: 0.01, requestId: "req_1" };
    const read = workflows.audit.read(auditAnswer, seen);
    result = { workflow: "audit", ...seen, prepared, asked, ...read, milliseconds: 5 };
    id = runId({ workflow: "audit", sha256: prepared.sha256 });
  });
  const ofAnotherWindow = () => storesIn(folder).history;

  it("gives back what was kept, picture and answer", async () => {
    await ofAnotherWindow().keep(result, "file:///a/checkout.png");
    const kept = await ofAnotherWindow().find(id);
    assert.deepEqual(kept?.asked?.answer, auditAnswer);
    assert.equal(kept?.source, "file:///a/checkout.png");
    assert.deepEqual(Buffer.from(kept.prepared.parts[0].bytes), Buffer.from(prepared.parts[0].bytes));
  });

  it("keeps a photo beside what was made of it", async () => {
    const photo = new Uint8Array([1, 2, 3]);
    const history = ofAnotherWindow();
    await history.keep({ ...result, prepared: { ...prepared, photo } }, undefined);
    assert.deepEqual([...((await history.find(id))?.prepared.photo ?? [])], [1, 2, 3]);
    await history.keep(result, undefined);
    assert.equal((await history.find(id))?.prepared.photo, undefined);
  });

  it("lists runs for every window, with their state, findings and cost; the latest first", async () => {
    const [here, there] = [ofAnotherWindow(), ofAnotherWindow()];
    await here.keep(result, "file:///a/checkout.png");
    await there.fail(
      { workflow: "triage", sha256: "f".repeat(64), name: "torn.png" },
      "It is torn.",
      undefined,
    );
    for (const history of [here, there]) {
      const [second, first] = await history.list();
      assert.deepEqual([second?.name, second?.state, second?.reason], ["torn.png", "failed", "It is torn."]);
      assert.deepEqual([first?.name, first?.state, first?.cost], ["checkout.png", "review", 0.01]);
      assert.ok((first?.findings.serious ?? 0) > 0);
    }
  });

  it("does not take a failed repetition for the run that is kept", async () => {
    const history = ofAnotherWindow();
    await history.keep(result, undefined);
    await history.fail(
      { workflow: "audit", sha256: prepared.sha256, name: "checkout.png" },
      "No network.",
      undefined,
    );
    assert.deepEqual(
      (await history.list()).map(({ state }) => state),
      ["review"],
    );
  });

  it("deletes a run with its copies of the picture, in every window", async () => {
    const [here, there] = [ofAnotherWindow(), ofAnotherWindow()];
    await here.keep(result, undefined);
    assert.equal((await there.list()).length, 1);
    await here.delete(id);
    assert.deepEqual([await here.list(), await there.list(), await there.find(id)], [[], [], undefined]);
    assert.deepEqual(await readdir(join(folder, "runs")), ["index.jsonl"]);
  });

  it("takes a damaged run for none", async () => {
    const history = ofAnotherWindow();
    await history.keep(result, undefined);
    await writeFile(join(folder, "runs", id, "run.json"), '{"version":1');
    assert.equal(await history.find(id), undefined);
    assert.equal(await history.find("audit-none"), undefined);
  });

  it("forgets what is too old, or more than fits", async () => {
    const kept = (days: number, bytes: number) =>
      new History(new Storage(folder, () => assert.fail()), () => ({ days, bytes }));
    await kept(30, 1e9).keep(result, undefined);
    await kept(30, 1e9).tidy(summarize);
    assert.equal((await ofAnotherWindow().list()).length, 1);
    await kept(30, 1000).tidy(summarize);
    assert.deepEqual(await ofAnotherWindow().list(), []);
    await kept(30, 1e9).keep(result, undefined);
    await kept(-1, 1e9).tidy(summarize);
    assert.deepEqual(await ofAnotherWindow().list(), []);
  });

  it("finishes after a crash what was whole, and removes what was not", async () => {
    await ofAnotherWindow().keep(result, undefined);
    const runs = join(folder, "runs");
    // As if it had crashed before the run was put in its place, and while another was written.
    await rename(join(runs, id), join(runs, `.${id}-1`));
    await writeFile(join(runs, "index.jsonl"), '{"type":"run","id":"audit-');
    const other = `.audit-${"0".repeat(64)}-2`;
    await mkdir(join(runs, other));
    await writeFile(join(runs, other, "part-1"), "half");
    const before = new Date(Date.now() - 3_600_000);
    for (const name of [`.${id}-1`, other]) await utimes(join(runs, name), before, before);
    const history = ofAnotherWindow();
    await history.tidy(summarize);
    assert.deepEqual(
      (await history.list()).map(({ id, state }) => [id, state]),
      [[id, "review"]],
    );
    assert.deepEqual((await readdir(runs)).sort(), [id, "index.jsonl"]);
  });
});
