import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { assertInertCsv, assertInertHtml, assertInertMarkdown, assertInertSarif } from "../../fuzz/inert.js";
import { target } from "../../fuzz/target.js";
import { valuesOf } from "../../fuzz/valuesOf.js";

describe("fuzzing", () => {
  it("prints the smallest case that fails, and begins each case before it is thrown", async () => {
    const begun: string[] = [];
    const small = target("numbers", fc.nat(), (number) => assert.ok(number < 10, "too large"));
    const { cases, failure } = await small.run(1, 60_000, (shown) => begun.push(shown));
    assert.equal(failure?.shrunk, "10");
    assert.match(failure?.error ?? "", /too large/);
    assert.ok(cases >= 1 && begun.includes("10"));
  });

  it("ends with its time where nothing fails", async () => {
    const { failure } = await target("numbers", fc.nat(), () => undefined).run(1, 20, () => undefined);
    assert.equal(failure, undefined);
  });

  it("draws values that a schema takes", () => {
    const schema = z.object({
      kind: z.enum(["a", "b"]),
      many: z.array(z.object({ text: z.string(), number: z.number().int() })),
      either: z.union([z.literal("x"), z.boolean()]),
      maybe: z.string().optional(),
    });
    fc.assert(fc.property(valuesOf(schema), (value) => schema.safeParse(value).success));
  });

  const live: Record<string, () => void> = {
    "a link in Markdown": () => assertInertMarkdown("a [x](https://evil.example)"),
    "a picture in Markdown": () => assertInertMarkdown("![x](a.png)"),
    "HTML in Markdown": () => assertInertMarkdown("a <img src=x>"),
    "a mention in Markdown": () => assertInertMarkdown("by @octocat"),
    "an element in HTML": () => assertInertHtml("<p><img src=x></p>"),
    "a link in HTML": () => assertInertHtml('<a href="https://evil.example">'),
    "a link in SARIF": () => assertInertSarif('{"text":"a [x](https://evil.example)"}'),
    "a formula in CSV": () => assertInertCsv('"a","=1+1"'),
  };
  for (const [what, check] of Object.entries(live))
    it(`sees ${what}`, () => assert.throws(check, assert.AssertionError));

  it("has nothing against what is inert", () => {
    assertInertMarkdown("`@octocat` \\[x\\](y) [WCAG](https://www.w3.org/WAI/)\n\n```\n<img>\n```\n");
    assertInertHtml('<p>&#60;img&#62; <a href="https://www.w3.org/WAI/" rel="noreferrer">x</a></p>');
    assertInertSarif('{"text":"a \\\\[x\\\\](y)"}');
    assertInertCsv('"a","\'=1+1","b ""=c"""');
  });
});
