import assert from "node:assert/strict";
import { DiagramSession } from "../../../src/editor/diagram/diagramSession.js";
import type { AskedRun } from "../../../src/run/refine.js";
import type { Verdict } from "../../../src/workflows/diagram/mermaidParser.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, node } from "../../support/diagrams.js";
import { pictureSubject, runWith, testServices } from "../../support/editorServices.js";
import { refused } from "../../support/expect.js";

const shop = graph("flowchart", "Shop", {
  nodes: [node("orders", "Ordres"), node("billing", "Billing")],
  edges: [edge("orders", "billing", "sendz")],
});
/** The same with a node before those that were there: names move, ids stay. */
const withCache: Graph = { ...shop, nodes: [node("cache", "Cache"), ...shop.nodes] };

async function sessionOf(answer: Graph = shop) {
  const services = await testServices({ ask: async () => answer });
  const run = await runWith(services, await pictureSubject("diagram"));
  const kept: AskedRun[] = [];
  let finish: (run: AskedRun) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const asked: Array<{ before: AskedRun; sentence: string }> = [];
  const verdicts: Verdict[] = [];
  const session = new DiagramSession(run, {
    mermaidVersion: "github",
    checkMermaid: async () => verdicts.shift() ?? { valid: true },
    refine: (before, sentence) => {
      asked.push({ before, sentence });
      return new Promise((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    },
    keep: async (changed) => void kept.push(changed),
    changed: () => undefined,
  });
  const labels = () => session.view().elements.map(({ label }) => label);
  return {
    session,
    kept,
    asked,
    verdicts,
    labels,
    finish: (refined: Graph) => finish({ ...run, edits: [{ answer: refined, time: "" }] }),
    fail: (error: Error) => fail(error),
  };
}

describe("a session on a diagram", () => {
  it("corrects a label, in the drawing, the text and what is kept", async () => {
    const { session, kept, labels } = await sessionOf();
    await session.act({ action: "relabel", element: "n1", label: "Orders" });
    assert.deepEqual(labels(), ["Orders", "Billing", "sendz"]);
    assert.match(session.view().text, /Orders/);
    assert.equal(kept.length, 1);
  });

  it("keeps what things are called in each text while their labels change, but for the unread (D10)", async () => {
    const unread = { ...shop, nodes: [...shop.nodes, node("third", "[unreadable]")] };
    const { session, finish } = await sessionOf(unread);
    assert.match(session.view().text, /^ {2}unreadable_?\["\[unreadable\]"\]$/m);
    await session.act({ action: "relabel", element: "n1", label: "Orders" });
    await session.act({ action: "relabel", element: "n3", label: "Payments" });
    assert.match(
      session.view().text,
      /^ {2}ordres\["Orders"\]\n {2}billing\["Billing"\]\n {2}payments\["Payments"\]$/m,
    );
    assert.equal(session.view().elements[0]?.written, "ordres");
    await session.act({ action: "target", target: "dot" });
    assert.match(session.view().text, /^ {2}orders \[label="Orders"/m);
    await session.act({ action: "relabel", element: "n1", label: "All orders" });
    assert.match(session.view().text, /^ {2}orders \[label="All orders"/m);
    const refining = session.act({ action: "refine", sentence: "add the cache" });
    finish(withCache);
    await refining;
    await session.act({ action: "target", target: "mermaid" });
    assert.match(session.view().text, /^ {2}cache\["Cache"\]\n {2}ordres\["Ordres"\]/m);
  });

  it("keeps the names that a person typed (D10)", async () => {
    const { session, verdicts } = await sessionOf();
    const typed = session.view().text.replaceAll("billing", "bills");
    const parsed = {
      nodes: [
        { name: "ordres", label: "Ordres" },
        { name: "bills", label: "Billing" },
      ],
      edges: [
        { from: "ordres", to: "bills", label: "sendz", stroke: "normal" as const, heads: "end" as const },
      ],
    };
    verdicts.push({ valid: true, flowchart: parsed });
    await session.act({ action: "edit", text: typed });
    await session.act({ action: "relabel", element: "n2", label: "Invoices" });
    assert.match(session.view().text, /^ {2}bills\["Invoices"\]$/m);
  });

  it("keeps what is corrected while it is refined, and Undo goes back to it (C6)", async () => {
    const { session, kept, labels, finish } = await sessionOf();
    const refining = session.act({ action: "refine", sentence: "add the cache" });
    await session.act({ action: "relabel", element: "n1", label: "Orders" });
    await session.act({ action: "relabel", element: "e1", label: "sends" });
    finish(withCache);
    await refining;
    assert.deepEqual(labels(), ["Cache", "Orders", "Billing", "sends"]);
    assert.deepEqual(session.view().changes, { added: ["node “Cache”"], removed: [], changed: [] });
    assert.deepEqual(kept.at(-1)?.edits.at(-1)?.answer, {
      ...withCache,
      nodes: withCache.nodes.map((one) => (one.id === "orders" ? { ...one, label: "Orders" } : one)),
      edges: withCache.edges.map((one) => ({ ...one, label: "sends" })),
    });
    await session.act({ action: "settle", accept: false });
    assert.deepEqual(labels(), ["Orders", "Billing", "sends"]);
  });

  it("keeps a text that was typed while it is refined for Undo (C6)", async () => {
    const { session, finish } = await sessionOf();
    const refining = session.act({ action: "refine", sentence: "add the cache" });
    const typed = `${session.view().text}\n%% by hand`;
    await session.act({ action: "edit", text: typed });
    finish(withCache);
    await refining;
    assert.match(session.view().text, /Cache/);
    await session.act({ action: "settle", accept: false });
    assert.equal(session.view().text, typed);
  });

  it("corrects nothing where the refined diagram has lost the node", async () => {
    const { session, labels, finish } = await sessionOf();
    const refining = session.act({ action: "refine", sentence: "only billing" });
    await session.act({ action: "relabel", element: "n1", label: "Orders" });
    finish({ ...shop, nodes: shop.nodes.slice(1), edges: [] });
    await refining;
    assert.deepEqual(labels(), ["Billing"]);
  });

  it("goes on as it was when a refinement fails", async () => {
    const { session, labels, fail } = await sessionOf();
    const refining = session.act({ action: "refine", sentence: "x" });
    assert.equal(session.view().refining, true);
    await session.act({ action: "relabel", element: "n1", label: "Orders" });
    fail(new Error("no"));
    await assert.rejects(refining, /no/);
    assert.deepEqual([session.view().refining, session.view().changes], [false, undefined]);
    assert.deepEqual(labels(), ["Orders", "Billing", "sendz"]);
  });

  it("asks with what was edited by hand", async () => {
    const { session, asked, verdicts } = await sessionOf();
    verdicts.push({ valid: true });
    await session.act({ action: "edit", text: `${session.view().text}\n%% mine` });
    void session.act({ action: "refine", sentence: "add the cache" });
    await new Promise(setImmediate);
    assert.match(asked[0]?.sentence ?? "", /^add the cache\n\nThe person has also edited[\s\S]*%% mine$/);
  });

  it("says what is wrong in a text and does not hand it out", async () => {
    const { session, verdicts } = await sessionOf();
    verdicts.push({ valid: false, message: "Parse error on line 2:\n..." });
    await session.act({ action: "edit", text: "flowchart LR\n a -->" });
    assert.ok(session.view().problem);
    await refused(() => session.document(undefined), /is not valid/);
    await session.act({ action: "discard" });
    assert.equal(session.view().problem, undefined);
    assert.match((await session.document(undefined)).text, /Ordres/);
  });

  it("writes other languages, and does not write over a text that was edited by hand", async () => {
    const { session } = await sessionOf();
    await session.act({ action: "target", target: "dot" });
    await session.act({ action: "edit", text: "digraph { mine }" });
    await refused(() => session.act({ action: "target", target: "mermaid" }), /was edited by hand/);
    assert.equal(session.view().text, "digraph { mine }");
  });
});
