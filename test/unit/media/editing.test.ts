import assert from "node:assert/strict";
import { Editing } from "../../../media/features/graph/editing.js";
import { pngScale } from "../../../media/features/graph/pngScale.js";
import type { Settled } from "../../../src/protocol/channel.js";
import type { GraphAction, GraphView } from "../../../src/protocol/graph.js";

const view = (more: Partial<GraphView>): GraphView => ({
  targets: [],
  target: "mermaid",
  text: "",
  edited: false,
  drawing: "",
  warnings: [],
  elements: [],
  unreadable: [],
  missing: [],
  refining: false,
  ...more,
});

describe("typing into a diagram's text", () => {
  let sent: string[];
  let settle: Array<(how: Settled) => void>;
  let editing: Editing;
  beforeEach(() => {
    sent = [];
    settle = [];
    const ask = (action: GraphAction) => {
      sent.push(action.action === "edit" ? action.text : action.action);
      return new Promise<Settled>((resolve) => settle.push(resolve));
    };
    editing = new Editing({ ask, redraw: () => undefined });
  });

  it("sends one text at a time, and the latest next", () => {
    for (const text of ["a", "ab", "abc"]) editing.type(text);
    assert.deepEqual(sent, ["a"]);
    editing.arrived(view({ text: "a" }));
    assert.deepEqual([sent, editing.draft], [["a", "abc"], "abc"]);
    editing.arrived(view({ text: "abc" }));
    assert.equal(editing.draft, undefined);
  });

  it("goes on after a text that got lost or failed", async () => {
    for (const how of ["timeout", "failed"] as const) {
      sent.length = 0;
      editing.type("a");
      editing.type("ab");
      settle.at(-1)?.(how);
      await new Promise(setImmediate);
      assert.deepEqual(sent, ["a", "ab"]);
      settle.at(-1)?.("done");
      await new Promise(setImmediate);
    }
  });

  it("empties the refinement's field once the refinement is there, and not when it failed", () => {
    editing.sentence = "add the cache";
    editing.arrived(view({ refining: true }));
    editing.arrived(view({}));
    assert.equal(editing.sentence, "add the cache");
    editing.arrived(view({ refining: true }));
    editing.arrived(view({ changes: { added: [], removed: [], changed: [] } }));
    assert.equal(editing.sentence, "");
  });
});

describe("a drawing as a PNG", () => {
  it("has two pixels for each, and fewer where a canvas could not hold them", () => {
    assert.equal(pngScale({ width: 800, height: 600 }), 2);
    for (const size of [
      { width: 20_000, height: 300 },
      { width: 300, height: 40_000 },
      { width: 16_000, height: 16_000 },
      { width: 12_000, height: 12_000 },
    ]) {
      const scale = pngScale(size);
      const [width, height] = [Math.floor(size.width * scale), Math.floor(size.height * scale)];
      assert.ok(width <= 16_384 && height <= 16_384 && width * height <= 268_435_456);
      assert.ok(width > 100 && height > 100);
    }
  });
});
