import assert from "node:assert/strict";
import { env, type Uri } from "vscode";
import { ResultPanel } from "../../../src/editor/panel/resultPanel.js";
import type { Services } from "../../../src/editor/services.js";
import { GraphView } from "../../../src/protocol/graph.js";
import { ToPanel, type View } from "../../../src/protocol/panel.js";
import { becomes } from "../../support/becomes.js";
import { auditAnswer, diagramAnswer, triageAnswer } from "../../support/cannedAnswers.js";
import { newPanel, pictureSubject, testServices, type World } from "../../support/editorServices.js";
import { standIn } from "../../support/vscodeStandIn.js";

/** A run that the test ends when it wants to. */
function held(answer: unknown) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const ask = async (): Promise<unknown> => {
    begin();
    await ended;
    return answer;
  };
  return { ask, end, begun };
}

async function panelOf(workflow: string, world: World, uri?: Uri) {
  const services = await testServices(world);
  const { panel, page } = newPanel();
  const subject = await pictureSubject(workflow, uri);
  let closed = 0;
  const result = new ResultPanel(panel, subject, services, () => closed++);
  const messages = () => page.posted.map((message) => ToPanel.parse(message));
  const view = (): View | undefined =>
    messages()
      .flatMap((message) => (message.type === "view" ? [message.view] : []))
      .at(-1);
  /** What is shown beside the result, or in its place. */
  const over = () => {
    const shown = view();
    return shown?.state === "done" ? shown.over : shown;
  };
  const runs = async (): Promise<number> => (await services.history.list()).length;
  return { services, panel, page, subject, result, messages, view, over, runs, closed: () => closed };
}

const kept = async (services: Services): Promise<string[]> =>
  (await services.history.list()).map(({ state }) => state);

describe("a result's panel", () => {
  it("tells its page first which workflows there are, and shows what comes of the run", async () => {
    const { result, page, messages, view, services } = await panelOf("audit", {
      ask: async () => auditAnswer,
    });
    page.send({ type: "ready" });
    await result.start();
    assert.equal(messages()[0]?.type, "start");
    const shown = view();
    assert.ok(shown?.state === "done");
    assert.equal(shown.feature.kind, "findings");
    assert.ok(shown.report.findings.length > 0);
    assert.deepEqual(await kept(services), ["review"]);
  });

  it("shows a kind of result that has nothing beyond its report", async () => {
    const { result, view } = await panelOf("read", {
      ask: async () => ({ blocks: [{ kind: "paragraph", language: "", lines: ["Invoice 2041"] }] }),
    });
    await result.start();
    const shown = view();
    assert.ok(shown?.state === "done");
    assert.deepEqual(shown.feature, { kind: "text" });
    assert.match(shown.report.documents[0]?.text ?? "", /Invoice 2041/);
  });

  it("remembers a decision, and takes it back", async () => {
    const { result, page, view } = await panelOf("audit", { ask: async () => auditAnswer });
    await result.start();
    const decisions = async () => {
      const shown = view();
      return shown?.state === "done" ? shown.report.findings.flatMap(({ decision }) => decision ?? []) : [];
    };
    const shown = view();
    const keys = shown?.state === "done" ? shown.report.findings.slice(0, 2).map(({ key }) => key) : [];
    const dismiss = { action: "decide", keys, decision: "dismissed", dismissal: "known" };
    page.send({ type: "act", action: dismiss });
    await becomes(decisions, ["dismissed", "dismissed"]);
    page.send({ type: "act", action: { action: "decide", keys: keys.slice(0, 1) } });
    await becomes(decisions, ["dismissed"]);
    for (const left of [2, 0]) {
      page.send({ type: "act", action: { action: "undo" } });
      await becomes(async () => (await decisions()).length, left);
    }
  });

  it("keeps the numbers of its findings, whatever is decided about them (U6)", async () => {
    const { result, page, view } = await panelOf("audit", { ask: async () => auditAnswer });
    await result.start();
    const numbers = () => {
      const shown = view();
      return shown?.state === "done"
        ? shown.report.findings.map(({ key, number }) => `${number} ${key}`)
        : [];
    };
    const before = numbers();
    assert.deepEqual(
      before.map((one) => Number.parseInt(one, 10)),
      before.map((_, index) => index + 1),
    );
    const key = before[0]?.slice(2) ?? "";
    page.send({ type: "act", action: { action: "decide", keys: [key], decision: "dismissed" } });
    await becomes(async () => {
      const shown = view();
      return (
        shown?.state === "done" && shown.report.findings.some(({ decision }) => decision === "dismissed")
      );
    }, true);
    assert.deepEqual(numbers(), before);
  });

  it("shows what is measured while Claude is asked, and keeps it when that fails (U14)", async () => {
    const run = held(auditAnswer);
    const { result, view, over, page } = await panelOf("audit", {
      ask: async () => {
        await run.ask();
        throw new Error("overloaded");
      },
    });
    const running = result.start();
    await run.begun;
    await becomes(async () => [view()?.state, over()?.state], ["done", "loading"]);
    run.end();
    await running;
    const shown = view();
    assert.ok(shown?.state === "done" && shown.over?.state === "failed");
    assert.equal(shown.report.workflow, "audit");
    page.send({ type: "use", how: "copy" });
    await becomes(async () => standIn.said.at(-1), "$(check) Report copied.");
  });

  it("shows the picture as it lies on the disk before it is prepared (U20)", async () => {
    const { result, messages } = await panelOf("audit", { ask: async () => auditAnswer });
    await result.start();
    const kinds = messages().map(({ type }) => type);
    assert.ok(
      kinds.indexOf("original") >= 0 && kinds.indexOf("original") < kinds.indexOf("picture"),
      kinds.join(),
    );
  });

  it("copies one finding, and makes an issue of two", async () => {
    const { result, page, view } = await panelOf("audit", { ask: async () => auditAnswer });
    await result.start();
    const shown = view();
    assert.ok(shown?.state === "done");
    const [first, second] = shown.report.findings;
    assert.ok(first && second);
    page.send({ type: "act", action: { action: "copy", keys: [second.key] } });
    await becomes(async () => standIn.said.at(-1), "$(check) Finding copied.");
    assert.match(await env.clipboard.readText(), new RegExp(`^## 2\\. ${second.title.slice(0, 8)}`));
    page.send({ type: "act", action: { action: "issue", keys: [first.key, second.key] } });
    await becomes(async () => standIn.shown.length, 1);
    assert.match(standIn.shown[0]?.getText() ?? "", /^## 1\. [\s\S]*\n## 2\. /);
  });

  it("refuses what its kind of result does not know, without a word to the person", async () => {
    const { result, page } = await panelOf("audit", { ask: async () => auditAnswer });
    await result.start();
    page.send({ type: "act", action: { action: "refine", sentence: "x" } });
    page.send({ type: "anything" });
    await new Promise(setImmediate);
    assert.deepEqual(standIn.said, []);
  });

  it("fills an issue and copies its text", async () => {
    const { result, page, view } = await panelOf("triage", { ask: async () => triageAnswer });
    await result.start();
    const shown = view();
    assert.ok(shown?.state === "done" && shown.feature.kind === "issue");
    page.send({ type: "use", how: "copy" });
    await becomes(async () => standIn.said.at(-1), "$(check) Issue copied.");
    assert.match(await env.clipboard.readText(), /^# Recording a payment fails/);
  });

  it("draws a diagram whose drawing can fail to be saved, and says why", async () => {
    const { result, page } = await panelOf("diagram", { ask: async () => diagramAnswer });
    await result.start();
    page.send({ type: "act", action: { action: "drawingFailed", reason: "It is too large for a PNG." } });
    await becomes(
      async () => standIn.said.at(-1)?.includes("could not be made into a file: It is too large for a PNG."),
      true,
    );
  });

  it("goes on after a reload with a text that was typed", async () => {
    const first = await panelOf("diagram", { ask: async () => diagramAnswer });
    await first.result.start();
    const [run] = await first.services.history.list();
    const kept = await first.services.history.find(run?.id ?? "");
    assert.ok(kept);
    const { panel, page } = newPanel();
    const again = new ResultPanel(panel, first.subject, first.services, () => undefined);
    await again.restore(kept, { target: "mermaid", text: "flowchart LR\n  mine" });
    const shown = ToPanel.parse(page.posted.at(-1));
    assert.ok(shown.type === "view" && shown.view.state === "done");
    assert.equal(GraphView.parse(shown.view.feature.view).text, "flowchart LR\n  mine");
  });

  it("that is closed while it runs cancels the run and says nothing (C9)", async () => {
    const world: World = {
      ask: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          panel?.dispose();
        }),
    };
    let panel: { dispose(): void } | undefined;
    const made = await panelOf("audit", world);
    panel = made.panel;
    await made.result.start();
    assert.deepEqual([made.closed(), standIn.said, await made.runs()], [1, [], 0]);
  });

  it("that is closed while it asks about secrets cancels the run and says nothing (C9)", async () => {
    const { result, panel, over, runs } = await panelOf("audit", {
      ask: async () => auditAnswer,
      prepare: await withSecret(),
    });
    const running = result.start();
    await becomes(async () => over()?.state, "question");
    panel.dispose();
    await running;
    assert.deepEqual([standIn.said, await runs()], [[], 0]);
  });

  it("sends the picture as the person decides", async () => {
    const { result, page, view, over } = await panelOf("audit", {
      ask: async () => auditAnswer,
      prepare: await withSecret(),
    });
    const running = result.start();
    await becomes(async () => over()?.state, "question");
    assert.deepEqual(over()?.state === "question" && over(), {
      ...over(),
      secrets: [{ label: "payment card number", box: { x: 10, y: 20, width: 100, height: 20 } }],
    });
    page.send({ type: "choose", choice: "send", covers: [] });
    await running;
    assert.deepEqual([view()?.state, over()], ["done", undefined]);
  });

  it("covers what a person drew, asks no second time, and looks at what is left alone", async () => {
    const covered: unknown[] = [];
    const prepare = await withSecret();
    const { result, page, view, over } = await panelOf("audit", {
      ask: async () => auditAnswer,
      prepare: (request, signal) => {
        covered.push(request.cover);
        return prepare(request, signal);
      },
    });
    const running = result.start();
    await becomes(async () => over()?.state, "question");
    const box = { x: 50, y: 60, width: 70, height: 20 };
    page.send({ type: "choose", choice: "send", covers: [box] });
    await running;
    assert.equal(view()?.state, "done");
    assert.deepEqual(covered, [undefined, [box]]);
    assert.equal(over(), undefined);
  });

  it("shows its progress in a notification only while it is hidden", async () => {
    const run = held(auditAnswer);
    const { result, panel, page } = await panelOf("audit", { ask: run.ask });
    const running = result.start();
    await run.begun;
    assert.equal(standIn.progress.length, 0);
    page.visible = false;
    page.viewStateChanged.fire({ webviewPanel: panel });
    page.viewStateChanged.fire({ webviewPanel: panel });
    assert.equal(standIn.progress.length, 1);
    run.end();
    await running;
  });

  it("keeps a run that ends just when the panel is closed (C9)", async () => {
    const run = held(auditAnswer);
    const { result, panel, services } = await panelOf("audit", { ask: run.ask });
    const { keep } = services.history;
    services.history.keep = async (...run) => {
      // The run has ended; nothing of it was shown yet.
      panel.dispose();
      await keep.apply(services.history, run);
    };
    const running = result.start();
    await run.begun;
    run.end();
    await running;
    assert.deepEqual([standIn.said, await kept(services)], [[], ["review"]]);
  });

  it("shows what went wrong with the buttons that help, and what can be measured without anyone", async () => {
    const { result, view, services } = await panelOf("audit", {
      ask: async () => {
        throw new Error("sk-ant-secret");
      },
    });
    await result.start();
    const shown = view();
    const failed = shown?.state === "done" ? shown.over : undefined;
    assert.ok(failed?.state === "failed");
    assert.deepEqual(
      failed.next.map(({ step }) => step),
      ["runAgain", "showLog"],
    );
    assert.doesNotMatch(failed.message, /sk-ant/);
    await becomes(() => kept(services), ["failed"]);
  });

  it("keeps showing its result when a second run is cancelled", async () => {
    let runs = 0;
    const { result, page, view } = await panelOf("audit", {
      ask: (signal) =>
        ++runs === 1
          ? Promise.resolve(auditAnswer)
          : new Promise((_, reject) => {
              signal.addEventListener("abort", () => reject(new Error("aborted")));
              page.send({ type: "cancel" });
            }),
    });
    await result.start();
    await result.start({ offline: false, again: true });
    assert.deepEqual([runs, view()?.state], [2, "done"]);
  });

  async function withSecret(): Promise<NonNullable<World["prepare"]>> {
    const { prepare } = await (await testServices({ ask: async () => undefined })).dependencies(undefined);
    return async (request, signal) => {
      const { picture, measurement } = await prepare(request, signal);
      const secret = { kind: "card" as const, box: { x: 10, y: 20, width: 100, height: 20 } };
      return { picture, measurement: measurement && { ...measurement, secrets: [secret] } };
    };
  }
});
