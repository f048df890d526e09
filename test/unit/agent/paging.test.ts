import assert from "node:assert/strict";
import fc from "fast-check";
import { paged, pagedText } from "../../../src/agent/paging.js";

/** All pages, one after the other. */
function allPages<T>(page: (number: number) => { about: { pages?: number } } & T): T[] {
  const first = page(1);
  return Array.from({ length: first.about.pages ?? 1 }, (_, index) => page(index + 1));
}

describe("pages", () => {
  it("hold everything once, in its order, and none is larger than agents take", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 9_000, unit: "binary" }), { maxLength: 40 }), (items) => {
        const pages = allPages((number) => paged(items, number));
        assert.deepEqual(
          pages.flatMap((page) => page.items),
          items,
        );
        for (const page of pages)
          if (page.items.length > 1) assert.ok(Buffer.byteLength(JSON.stringify(page.items)) < 42_000);
      }),
      { numRuns: 30 },
    );
  });

  it("of a text are the text, put together", () => {
    const line = fc.string({ maxLength: 30_000 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        assert.equal(
          allPages((number) => pagedText(text, number))
            .map((page) => page.text)
            .join(""),
          text,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("say which comes next, and which there are", () => {
    const items = Array.from({ length: 10 }, () => "x".repeat(9_000));
    assert.deepEqual(paged(items, 1).about, { page: 1, pages: 3, next: "Call again with page 2." });
    assert.deepEqual(paged(items, 3).about, { page: 3, pages: 3 });
    assert.deepEqual(paged([], 1), { items: [], about: {} });
    assert.throws(() => paged(items, 4), /There is no page 4\. Ask for a page from 1 to 3/);
  });
});
