import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env, Uri } from "vscode";
import { ResultPanels } from "../../../src/editor/panel/resultPanels.js";
import { copyResults } from "../../../src/editor/workflows/copyResults.js";
import { becomes } from "../../support/becomes.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { numbered } from "../../support/dependencies.js";
import { testServices } from "../../support/editorServices.js";
import { freshFolder } from "../../support/stores.js";
import { standIn } from "../../support/vscodeStandIn.js";

async function pictures(count: number): Promise<Uri[]> {
  const folder = await freshFolder();
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const file = join(folder, `${number}.png`);
      await writeFile(file, await numbered(number));
      return Uri.file(file);
    }),
  );
}

describe("a command that copies a workflow's result", () => {
  it("opens no panel, and sends nothing where the workflow can do without", async () => {
    const services = await testServices({
      ask: async () => {
        throw new Error("asked");
      },
    });
    await copyResults("audit", await pictures(2), services);
    const text = await env.clipboard.readText();
    assert.equal(text.match(/^# /gm)?.length, 2);
    assert.deepEqual(standIn.said, ["$(check) Audit Accessibility: 2 results copied."]);
    assert.equal(standIn.panels.length, 0);
  });
});

describe("the empty panel", () => {
  it("runs the workflow that is chosen on what was pasted, in a panel of its own", async () => {
    const services = await testServices({ ask: async () => auditAnswer });
    new ResultPanels(services).openEmpty();
    const [empty] = standIn.panels;
    assert.ok(empty);
    empty.send({ type: "ready" });
    const bytes = Buffer.from(await numbered(1)).toString("base64");
    empty.send({ type: "pasted", workflow: "audit", name: "../x.png", bytes });
    await becomes(async () => standIn.panels.length, 2);
    assert.deepEqual([empty.isDisposed, standIn.panels[1]?.title], [true, "x.png — Audit Accessibility"]);
    await becomes(async () => (await services.history.list()).length, 1);
  });

  it("says that there is no such workflow, as after an update", async () => {
    const services = await testServices({ ask: async () => auditAnswer });
    new ResultPanels(services).openEmpty();
    standIn.panels[0]?.send({ type: "pasted", workflow: "nothing", name: "x.png", bytes: "" });
    await becomes(async () => standIn.said.at(-1)?.includes("There is no workflow “nothing”"), true);
  });
});
