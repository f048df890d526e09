import assert from "node:assert/strict";
import { mkdir, readdir, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { preparePicture } from "../../../src/image/prepare.js";
import type { PreparedPicture } from "../../../src/image/prepared.js";
import { noUsage } from "../../../src/providers/usage.js";
import { evaluateRecord } from "../../../src/run/evaluate.js";
import { onlyPicture, type SourcePicture } from "../../../src/sources/picture.js";
import { runKey } from "../../../src/store/runs/askSettings.js";
import { History } from "../../../src/store/runs/history.js";
import type { RunRecord, RunResult } from "../../../src/store/runs/runResult.js";
import { Storage } from "../../../src/store/storage.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { questionOf } from "../../support/dependencies.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample, sourceOf } from "../../support/pictures.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const summarize = (run: RunRecord) => evaluateRecord(run)?.report;

describe("history", () => {
  let folder: string;
  let prepared: PreparedPicture;
  let result: RunResult;
  let id: string;
  let source: SourcePicture;
  beforeEach(async () => {
    folder = await freshFolder();
    prepared = await preparePicture(sample("checkout.png"), "checkout.png", current);
    source = { ...sourceOf("checkout.png", sample("checkout.png")), uri: "file:///a/checkout.png" };
    const { settings } = questionOf(workflows.audit, source);
    const { id: pictureId, uri } = source;
    const picture = {
      id: pictureId,
      uri,
      label: "",
      picture: prepared,
      prepared,
      measurement: nothingMeasured,
    };
    const response = { answer: auditAnswer, model: "m", usage: noUsage, cost: 0.01, requestId: "req_1" };
    const evaluation = workflows.audit.evaluate(auditAnswer, [picture]);
    id = runKey(settings);
    const about = { settings, runKey: id, pictures: [picture] as const };
    result = { ...about, response, edits: [], ...evaluation, milliseconds: 5 };
  });
  const ofAnotherWindow = () => storesIn(folder).history;

  it("gives back what was kept, picture and answer", async () => {
    await ofAnotherWindow().keep(result);
    const kept = await ofAnotherWindow().find(id);
    assert.deepEqual(kept?.response?.answer, auditAnswer);
    assert.equal(kept?.pictures[0].uri, "file:///a/checkout.png");
    assert.deepEqual(
      Buffer.from(kept.pictures[0].prepared?.parts[0].bytes ?? []),
      Buffer.from(prepared.parts[0].bytes),
    );
  });

  it("keeps a photo beside what was made of it", async () => {
    const photo = new Uint8Array([1, 2, 3]);
    const history = ofAnotherWindow();
    const [picture] = result.pictures;
    await history.keep({ ...result, pictures: [{ ...picture, prepared: { ...prepared, photo } }] });
    assert.deepEqual([...((await history.find(id))?.pictures[0].prepared?.photo ?? [])], [1, 2, 3]);
    await history.keep(result);
    assert.equal((await history.find(id))?.pictures[0].prepared?.photo, undefined);
  });

  it("lists runs for every window, with their state, findings and cost; the latest first", async () => {
    const [here, there] = [ofAnotherWindow(), ofAnotherWindow()];
    await here.keep(result);
    const torn = { ...source, name: "torn.png", id: "f".repeat(64), uri: undefined };
    await there.fail(questionOf(workflows.triage, torn).settings, onlyPicture(torn), "It is torn.");
    for (const history of [here, there]) {
      const [second, first] = await history.list();
      assert.deepEqual([second?.name, second?.state, second?.reason], ["torn.png", "failed", "It is torn."]);
      assert.deepEqual([first?.name, first?.state, first?.cost], ["checkout.png", "review", 0.01]);
      assert.ok((first?.findings.serious ?? 0) > 0);
    }
  });

  /** The same picture, asked in another way. */
  const askedOf = (model: string, summary: string): RunResult => {
    const settings = { ...result.settings, model };
    const answer = { ...auditAnswer, summary };
    const response = { answer, model, usage: noUsage, cost: 0.01, requestId: undefined };
    const evaluation = workflows.audit.evaluate(answer, result.pictures);
    return { ...result, settings, runKey: runKey(settings), response, ...evaluation };
  };
  const summaryOfKept = async (key: string) => {
    const kept = await ofAnotherWindow().record(key);
    return kept && evaluateRecord(kept)?.report.summary;
  };

  it("keeps a run of each question about a picture: none is shown for another (C1)", async () => {
    const history = ofAnotherWindow();
    const [a, b] = [askedOf("a", "By A."), askedOf("b", "By B.")];
    assert.ok(a.response);
    await history.keep(a);
    await history.keep(b);
    // From the cache, where no picture had to be prepared.
    const [{ prepared: _, ...picture }] = a.pictures;
    const response = { ...a.response, cachedAt: "2026-03-12T12:00:00Z" };
    await history.keep({ ...a, response, pictures: [picture] });
    assert.deepEqual([await summaryOfKept(a.runKey), await summaryOfKept(b.runKey)], ["By A.", "By B."]);
    assert.ok((await history.find(a.runKey))?.pictures[0].prepared);
    assert.equal((await history.latest("audit", source.id))?.runKey, a.runKey);
    // Also where nothing was kept of it: the record is written from the stored answer.
    const c = askedOf("c", "By C.");
    assert.ok(c.response);
    await history.keep({
      ...c,
      response: { ...c.response, cachedAt: response.cachedAt },
      pictures: [picture],
    });
    assert.equal(await summaryOfKept(c.runKey), "By C.");
  });

  it("keeps a person's edits on top of the answer, whatever is answered again (C5)", async () => {
    const history = ofAnotherWindow();
    const { response } = result;
    assert.ok(response);
    const edited = { ...auditAnswer, summary: "Corrected." };
    await history.keep(result);
    await history.edit({ ...result, edits: [{ answer: edited, time: "2026-03-12T12:00:00Z" }] });
    await history.keep({ ...result, response: { ...response, cachedAt: "2026-03-12T12:00:00Z" } });
    assert.equal(await summaryOfKept(id), "Corrected.");
    const kept = await history.find(id);
    assert.deepEqual(kept?.response?.answer, auditAnswer);
    assert.ok(kept.pictures[0].prepared);
    // Asked anew, the new answer is shown, and the edited one is not lost.
    const fresh = { ...auditAnswer, summary: "Anew." };
    await history.keep({ ...result, response: { ...response, answer: fresh } });
    assert.equal(await summaryOfKept(id), "Anew.");
    assert.deepEqual((await history.previous(id))?.edits[0]?.answer, edited);
    await history.keep({ ...result, response: { ...response, answer: fresh } });
    assert.deepEqual((await history.previous(id))?.edits[0]?.answer, edited);
  });

  it("lists what an older version kept as old, and stumbles over none of it (C7)", async () => {
    const runs = join(folder, "runs");
    const old = `audit-${"a".repeat(64)}`;
    await mkdir(join(runs, old), { recursive: true });
    await writeFile(join(runs, old, "run.json"), JSON.stringify({ version: 4, workflow: "audit" }));
    const line = {
      type: "run",
      id: old,
      workflow: "audit",
      name: "old.png",
      sha256: "a".repeat(64),
      source: "file:///old.png",
      time: "2020-01-01T00:00:00Z",
      state: "done",
      findings: {},
      bytes: 0,
    };
    await writeFile(join(runs, "index.jsonl"), `\n${JSON.stringify(line)}\n`);
    const history = new History(new Storage(folder, () => assert.fail()), () => ({ days: 1e5, bytes: 1e9 }));
    await history.keep(result);
    await history.recover(summarize);
    assert.deepEqual(
      (await history.list()).map(({ name, state, source: place }) => [name, state, place]),
      [
        ["checkout.png", "review", "file:///a/checkout.png"],
        ["old.png", "old", "file:///old.png"],
      ],
    );
    assert.equal(await history.find(old), undefined);
    await history.delete(old);
    assert.deepEqual((await readdir(runs)).sort(), [id, "index.jsonl"]);
  });

  it("does not show a run whose answer has another form by now, or whose workflow is gone (C7)", () => {
    const response = result.response && { ...result.response, answer: { summary: "of old" } };
    assert.equal(evaluateRecord({ ...result, response }), undefined);
    const gone = { ...result.settings, workflow: "gone" };
    assert.equal(evaluateRecord({ ...result, settings: gone }), undefined);
    assert.ok(evaluateRecord(result));
  });

  it("does not take a failed repetition for the run that is kept", async () => {
    const history = ofAnotherWindow();
    await history.keep(result);
    await history.fail(result.settings, onlyPicture(source), "No network.");
    assert.deepEqual(
      (await history.list()).map(({ state }) => state),
      ["review"],
    );
  });

  it("deletes a run with its copies of the picture, in every window", async () => {
    const [here, there] = [ofAnotherWindow(), ofAnotherWindow()];
    await here.keep(result);
    assert.equal((await there.list()).length, 1);
    await here.delete(id);
    assert.deepEqual([await here.list(), await there.list(), await there.find(id)], [[], [], undefined]);
    assert.deepEqual(await readdir(join(folder, "runs")), ["index.jsonl"]);
  });

  it("takes a damaged run for none", async () => {
    const history = ofAnotherWindow();
    await history.keep(result);
    await writeFile(join(folder, "runs", id, "run.json"), '{"version":1');
    assert.equal(await history.find(id), undefined);
    assert.equal(await history.find("0".repeat(64)), undefined);
  });

  it("forgets what is too old, or more than fits", async () => {
    const kept = (days: number, bytes: number) =>
      new History(new Storage(folder, () => assert.fail()), () => ({ days, bytes }));
    await kept(30, 1e9).keep(result);
    await kept(30, 1e9).recover(summarize);
    assert.equal((await ofAnotherWindow().list()).length, 1);
    await kept(30, 1000).recover(summarize);
    assert.deepEqual(await ofAnotherWindow().list(), []);
    await kept(30, 1e9).keep(result);
    await kept(-1, 1e9).recover(summarize);
    assert.deepEqual(await ofAnotherWindow().list(), []);
  });

  it("finishes after a crash what was whole, and removes what was not", async () => {
    await ofAnotherWindow().keep(result);
    const runs = join(folder, "runs");
    // As if it had crashed before the run was put in its place, and while another was written.
    await rename(join(runs, id), join(runs, `.${id}-1`));
    await writeFile(join(runs, "index.jsonl"), '{"type":"run","id":"0a');
    const other = `.${"0".repeat(64)}-2`;
    await mkdir(join(runs, other));
    await writeFile(join(runs, other, "part-1"), "half");
    const before = new Date(Date.now() - 3_600_000);
    for (const name of [`.${id}-1`, other]) await utimes(join(runs, name), before, before);
    const history = ofAnotherWindow();
    await history.recover(summarize);
    assert.deepEqual(
      (await history.list()).map(({ id, state }) => [id, state]),
      [[id, "review"]],
    );
    assert.deepEqual((await readdir(runs)).sort(), [id, "index.jsonl"]);
  });
});
