import assert from "node:assert/strict";
import { type ApiDouble, goodKey } from "../support/apiDouble.js";
import { becomes } from "../support/becomes.js";
import { numbered } from "../support/dependencies.js";
import { useSession } from "../support/session.js";
import { entriesOf, storesIn } from "../support/stores.js";
import type { VsCode } from "../support/vscode.js";

/** What is being written when the host dies, and how often the picture is asked about in all. */
const writes: Array<[string, RegExp, number]> = [
  ["the measurement", /appendFile measurements\/index/, 1],
  ["the question into the ledger", /appendFile ledger\/.*"sent"/, 1],
  // It arrived, and was not written yet: it is asked again, and stays in the recorder.
  ["the answer", /writeFile answers\/tmp/, 2],
  ["its price into the ledger", /appendFile ledger\/.*"billed"/, 1],
  ["the run", /writeFile runs\/.*run\.json/, 1],
  ["the run into its place", /rename runs\/[0-9a-f]{64}/, 1],
  ["the list of runs", /appendFile runs\/index/, 1],
];
const batchWrites: Array<[string, RegExp]> = [
  ["its id", /"submitted"/],
  ["its answers", /writeFile answers\/tmp/],
  ["its outcomes", /"outcome"/],
  ["its end", /"collected"/],
];

describe("an extension host that is killed", () => {
  const session = useSession({
    withKey: true,
    killable: true,
    settings: { "screenshotWorkbench.redaction": "always" },
  });
  let api: ApiDouble;
  let code: VsCode;
  before(async () => {
    ({ api, code } = session);
    const { workspace } = session;
    for (const index of writes.keys()) await workspace.write(`${index}.png`, await numbered(index));
    for (const index of batchWrites.keys())
      for (const more of [1, 2])
        await workspace.write(`later${index}/${more}.png`, await numbered(20 + 2 * index + more));
    for (let index = 0; index < 6; index++)
      await workspace.write(`shots/${index}.png`, await numbered(40 + index));
    await code.file("shots").waitFor();
  });
  beforeEach(async () => {
    api.reset();
    await session.closePanels();
  });

  const rows = (state: string) => code.panel.locator(`tr.${state}`);

  /** VS Code closes the panels of a host that has died, and the key of the test's window does not survive a reload. */
  async function goOn(): Promise<void> {
    await code.reload();
    await code.untilMenuHas("checkout.png", "Screenshot");
    await setKey();
    await code.page.locator(".statusbar").getByText("The API key works").waitFor();
  }

  async function setKey(): Promise<void> {
    await code.command("Screenshot: Set API Key");
    await code.typeKey(goodKey);
  }

  async function openTable(title: string): Promise<void> {
    await code.command("Screenshot: Open Table of Pictures");
    await code.page.locator(".quick-input-title").getByText("Open a Table of Pictures").waitFor();
    await code.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first().click();
  }

  /** The recorder hold each request, and no more than was billed. */
  async function booksAreRight(before: number): Promise<void> {
    const entries = await entriesOf(storesIn(code.storage).ledger);
    assert.equal(entries.length - before, api.questions.length);
    const settled = entries.slice(before).filter((entry) => entry.settled);
    const output = settled.reduce((sum, { usage }) => sum + usage.output, 0);
    assert.ok(output <= api.bill.output, `${output} of ${api.bill.output} tokens`);
  }

  const booked = async () => (await storesIn(code.storage).ledger.today()).requests;

  describe("while it runs a workflow", () => {
    for (const [index, [which, write, questions]] of writes.entries()) {
      it(`in the middle of writing ${which}: goes on, with nothing damaged and nothing paid twice`, async () => {
        const before = await booked();
        await code.killedIn(write, () => session.run(`${index}.png`, "Audit Accessibility"));
        await goOn();
        await session.run(`${index}.png`, "Audit Accessibility");
        await code.untilAudited();
        assert.equal(api.questions.length, questions);
        await booksAreRight(before);
        await session.closePanels();
        await session.run(`${index}.png`, "Audit Accessibility");
        await code.panel.getByText(/From cache/).waitFor();
        assert.equal(api.questions.length, questions);
      });
    }

    it("on many pictures: has what was done, and asks for the rest alone", async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      api.beforePiece = async (_, request) => {
        if (api.questions.findIndex(({ body }) => body === request) >= 2) await held;
      };
      await code.contextMenu(code.file("shots"), "Screenshot", "Audit Accessibility");
      await code.dialogButton(/^Run Now/).click();
      await rows("review").nth(1).waitFor();
      await code.untilRequests(api, 5);
      code.killExtensionHost();
      release();
      await goOn();
      await openTable("6 pictures in shots");
      await rows("cancelled").getByText("The window was closed before this was done.").nth(3).waitFor();
      await becomes(() => rows("review").count(), 2);
      api.reset();
      await code.panel.getByRole("button", { name: "Retry Failed (4)" }).click();
      await rows("review").nth(5).waitFor();
      assert.equal(api.questions.length, 4);
    });
  });

  describe("with a batch", () => {
    for (const [index, [which, write]] of batchWrites.entries()) {
      it(`in the middle of writing ${which}: finds it, and has its answers, once`, async () => {
        const submit = async () => {
          await code.contextMenu(code.file(`later${index}`), "Screenshot", "Audit Accessibility");
          await code.dialogButton(/^Run Later/).click();
        };
        if (index === 0) await code.killedIn(write, submit);
        else {
          await submit();
          await rows("submitted").nth(1).waitFor();
          // The window asks after a young batch every few seconds.
          await code.killedIn(write, async () => api.batches.endAll());
        }
        await goOn();
        api.batches.endAll();
        await openTable(`2 pictures in later${index}`);
        await rows("review").nth(1).waitFor();
        assert.deepEqual([api.batches.held.length, api.questions.length], [1, 0]);
      });
    }
  });
});
