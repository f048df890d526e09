import assert from "node:assert/strict";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noUsage } from "../../../src/claude/usage.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { History, runId } from "../../../src/pipeline/history.js";
import type { RunResult } from "../../../src/pipeline/run.js";
import { jobs } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample } from "../../support/pictures.js";

describe("history", () => {
  let folder: string;
  let result: RunResult;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "history-"));
    const picture = await preparePicture(sample("checkout.png"), "checkout.png", current);
    const measurement = nothingMeasured;
    const asked = { answer: auditAnswer, model: "m", usage: noUsage, cost: 0.01, requestId: "req_1" };
    const read = jobs.audit.read(auditAnswer, { picture, measurement });
    result = { workflow: "audit", picture, measurement, asked, ...read, milliseconds: 5 };
  });

  it("gives back what was kept, picture and answer", async () => {
    const history = new History(folder);
    await history.keep(result, "file:///a/checkout.png");
    const kept = await history.find(runId({ workflow: "audit", sha256: result.picture.sha256 }));
    assert.deepEqual(kept?.asked?.answer, auditAnswer);
    assert.equal(kept?.source, "file:///a/checkout.png");
    assert.deepEqual(
      Buffer.from(kept?.picture.parts[0].bytes ?? []),
      Buffer.from(result.picture.parts[0].bytes),
    );
  });

  it("keeps a photo beside what was made of it", async () => {
    const history = new History(folder);
    const photo = new Uint8Array([1, 2, 3]);
    await history.keep({ ...result, picture: { ...result.picture, photo } }, undefined);
    const id = runId({ workflow: "audit", sha256: result.picture.sha256 });
    assert.deepEqual([...((await history.find(id))?.picture.photo ?? [])], [1, 2, 3]);
    await history.keep(result, undefined);
    assert.equal((await history.find(id))?.picture.photo, undefined);
  });

  it("replaces a run by its repetition and leaves nothing else behind", async () => {
    const history = new History(folder);
    await history.keep(result, undefined);
    await history.keep({ ...result, milliseconds: 9 }, undefined);
    assert.deepEqual(await readdir(folder), [runId({ workflow: "audit", sha256: result.picture.sha256 })]);
  });

  it("takes a damaged run for none", async () => {
    const history = new History(folder);
    await history.keep(result, undefined);
    const id = runId({ workflow: "audit", sha256: result.picture.sha256 });
    await writeFile(join(folder, id, "run.json"), '{"version":1');
    assert.equal(await history.find(id), undefined);
    assert.equal(await history.find("audit-none"), undefined);
  });
});
