import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { ResultPanels } from "../../../src/editor/panel/resultPanels.js";
import { Tables } from "../../../src/editor/tables/tables.js";
import { ToPanel } from "../../../src/protocol/panel.js";
import { type RowView, ToTable } from "../../../src/protocol/table.js";
import { becomes } from "../../support/becomes.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { numbered } from "../../support/dependencies.js";
import { testServices, type World } from "../../support/editorServices.js";
import { freshFolder } from "../../support/stores.js";
import { standIn } from "../../support/vscodeStandIn.js";

async function tableOf(world: World, count = 3) {
  const services = await testServices(world);
  const folder = await freshFolder();
  const uris = await Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const file = join(folder, `${number}.png`);
      await writeFile(file, number === 1 ? "torn" : await numbered(number));
      return Uri.file(file);
    }),
  );
  const tables = new Tables(services, new ResultPanels(services));
  const run = (offline = false) => tables.run("audit", uris, { offline, when: "now" });
  const page = () => {
    const table = standIn.panels.find(({ viewType }) => viewType.endsWith(".table"));
    assert.ok(table);
    return table;
  };
  /** As the page has them, from all that it was told. */
  const rows = (): RowView[] => {
    const all: RowView[] = [];
    for (const posted of page().posted) {
      const message = ToTable.parse(posted);
      if (message.type === "rows") for (const { index, row } of message.rows) all[index] = row;
    }
    return all;
  };
  const states = async () => rows().map(({ state }) => state);
  return { services, run, page, rows, states };
}

describe("a table of many pictures", () => {
  it("shows what came of each, and the reason of one that failed", async () => {
    const { run, rows, states, services } = await tableOf({ ask: async () => auditAnswer });
    await run();
    await becomes(states, ["review", "failed", "review"]);
    assert.equal(rows()[0]?.summary, auditAnswer.summary);
    assert.match(rows()[1]?.summary ?? "", /1\.png/);
    assert.equal((await services.history.list()).length, 3);
  });

  it("shows all again to a page that was reloaded, after the workflows", async () => {
    const { run, page, states } = await tableOf({ ask: async () => auditAnswer });
    await run();
    page().posted.length = 0;
    page().send({ type: "ready" });
    assert.equal(ToTable.parse(page().posted[0]).type, "start");
    await becomes(states, ["review", "failed", "review"]);
  });

  it("retries what failed, alone", async () => {
    let asked = 0;
    const { run, page, states } = await tableOf({
      ask: async () => {
        if (++asked === 1) throw new Error("once");
        return auditAnswer;
      },
    });
    await run();
    await becomes(async () => (await states()).filter((state) => state === "failed").length, 2);
    page().send({ type: "retryFailed" });
    await becomes(states, ["review", "failed", "review"]);
    assert.equal(asked, 3);
  });

  it("opens the panel of a row without asking again", async () => {
    let asked = 0;
    const { run, page } = await tableOf({
      ask: async () => {
        asked++;
        return auditAnswer;
      },
    });
    await run();
    page().send({ type: "open", index: 2 });
    await becomes(async () => standIn.panels.length, 2);
    assert.match(standIn.panels[1]?.title ?? "", /^2\.png — /);
    assert.equal(asked, 2);
  });

  it("opens the result of its own model, whatever was run on the pictures since (C1)", async () => {
    const { run, rows } = await tableOf({
      ask: async (_, model) => ({ ...auditAnswer, summary: `By ${model}.` }),
    });
    const use = (model: string) => standIn.settings.set("screenshotWorkbench.model", model);
    for (const model of ["claude-opus-5-5", "claude-sonnet-5-5", "claude-opus-5-5"]) {
      use(model);
      standIn.panels.length = 0;
      await run();
    }
    use("claude-sonnet-5-5");
    assert.equal(rows()[2]?.summary, "By claude-opus-5-5.");
    standIn.panels[0]?.send({ type: "open", index: 2 });
    await becomes(async () => standIn.panels.length, 2);
    const shown = async () =>
      standIn.panels[1]?.posted.flatMap((posted) => {
        const message = ToPanel.parse(posted);
        return message.type === "view" && message.view.state === "done" ? [message.view.report.summary] : [];
      });
    await becomes(shown, ["By claude-opus-5-5."]);
  });

  it("that is closed while it runs cancels and says nothing (C9)", async () => {
    const { run, page } = await tableOf({
      ask: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          page().dispose();
          if (signal.aborted) reject(new Error("aborted"));
        }),
    });
    await run();
    assert.deepEqual(standIn.said, []);
  });

  it("refuses a row that it does not have, in words", async () => {
    const { run, page } = await tableOf({ ask: async () => auditAnswer }, 1);
    await run();
    page().send({ type: "open", index: 7 });
    await becomes(async () => standIn.said.at(-1)?.startsWith("There is no such row."), true);
  });
});
