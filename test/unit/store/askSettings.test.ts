import assert from "node:assert/strict";
import fc from "fast-check";
import { AskSettings, runKey } from "../../../src/store/runs/askSettings.js";
import { canonicalJson } from "../../../src/text/canonicalJson.js";

const settings: AskSettings = {
  workflow: "audit",
  provider: "anthropic",
  model: "claude-sonnet-5-5",
  effort: "low",
  redaction: "covered",
  measuring: { pixelRatio: 2, languages: ["eng", "deu"], languageFolder: "/l" },
  pictures: [
    { id: "a".repeat(64), label: "before" },
    { id: `${"b".repeat(64)}#page=3`, label: "after" },
  ],
  versions: { prompt: "p", pixels: "x" },
  parameters: { question: "Why?", schema: { fields: [1, null, true] } },
};

/** The same value with the keys of every object in reverse order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
};

describe("a run's key", () => {
  it("is the same for settings that were written down and read again, in any order of their keys", () => {
    assert.equal(runKey(AskSettings.parse(reversed(JSON.parse(JSON.stringify(settings))))), runKey(settings));
    const { effort: _, ...without } = settings;
    assert.equal(runKey({ ...without, effort: undefined }), runKey(without));
  });

  it("is another for every setting that is another, and for another order of the pictures", () => {
    const [before, after] = settings.pictures;
    assert.ok(after);
    const changes: Array<Partial<AskSettings>> = [
      { workflow: "triage" },
      { provider: "other" },
      { model: "claude-opus-5-5" },
      { effort: "high" },
      { effort: undefined },
      { redaction: "uncovered" },
      { measuring: { ...settings.measuring, pixelRatio: undefined } },
      { measuring: { ...settings.measuring, languages: ["deu", "eng"] } },
      { pictures: [after, before] },
      { pictures: [before] },
      { pictures: [{ ...before, label: "old" }, after] },
      { pictures: [{ ...before, covers: [{ x: 1, y: 2, width: 3, height: 4 }] }, after] },
      { pictures: [before, { ...after, covers: [{ x: 1, y: 2, width: 3, height: 4 }] }] },
      { pictures: [{ ...before, covers: [{ x: 1, y: 2, width: 3, height: 5 }] }, after] },
      { pictures: [before, { ...after, id: `${"b".repeat(64)}#page=4` }] },
      { versions: { ...settings.versions, prompt: "q" } },
      { versions: { ...settings.versions, pixels: "y" } },
      { parameters: { ...settings.parameters, question: "How?" } },
    ];
    const keys = changes.map((change) => runKey({ ...settings, ...change }));
    assert.equal(new Set([runKey(settings), ...keys]).size, changes.length + 1);
  });

  it("rests on a text that says what JSON says", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(reversed(value)), canonicalJson(value));
      }),
    );
  });
});
