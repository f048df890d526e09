import assert from "node:assert/strict";
import { SpendPanel } from "../../../src/editor/spend/spendPanel.js";
import { ToSpend } from "../../../src/protocol/spend.js";
import { becomes } from "../../support/becomes.js";
import { testServices } from "../../support/editorServices.js";
import { standIn } from "../../support/vscodeStandIn.js";

describe("the page of what was spent", () => {
  async function shown() {
    const { extension, ledger, log } = await testServices({ ask: async () => undefined });
    const spend = new SpendPanel(extension, ledger, log);
    spend.show();
    const [page] = standIn.panels;
    assert.ok(page);
    return { ledger, page, spend };
  }

  it("is told which workflows there are, and then what was spent", async () => {
    const { page } = await shown();
    page.send({ type: "ready" });
    await becomes(async () => page.posted.map((message) => ToSpend.parse(message).type), ["start", "spend"]);
  });

  it("says nothing when it is closed while the ledger is read (C9)", async () => {
    const { ledger, page, spend } = await shown();
    let finish = () => {};
    const read = ledger.all.bind(ledger);
    ledger.all = async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return read();
    };
    page.send({ type: "ready" });
    await new Promise(setImmediate);
    page.dispose();
    finish();
    await read();
    await new Promise(setImmediate);
    assert.deepEqual([standIn.said, page.posted.length], [[], 1]);
    spend.show();
    assert.equal(standIn.panels.length, 2);
  });
});
