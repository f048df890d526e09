import fc from "fast-check";

/** What has a meaning for some reader of a text: Markdown, HTML, a spreadsheet, a terminal, a template or a diagram. */
const pieces = [
  "[x](https://evil.example)",
  "![x](//evil.example/a.png)",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "-->",
  "</code>",
  "&lt;",
  "@octocat",
  "ann@example.com",
  "Fixes #12",
  "owner/repo#7",
  "GH-8",
  "www.evil.example",
  "https://evil.example/a?b#1",
  "javascript:alert(1)",
  "\n::error::x",
  "##[add-matcher]",
  "=cmd|' /C calc'!A0",
  "\u001b[31m",
  "\u001b]0;x\u0007",
  "\u202e",
  "\u200b",
  "\ud800",
  "\u2028",
  "\r",
  "\n",
  "\n\n",
  "\n# ",
  "\n- ",
  "\n1. ",
  "\n---\n",
  "\n===\n",
  "\n    ",
  "```",
  "~~~",
  "`",
  "\\",
  "*",
  "_",
  "|",
  "$x$",
  ":",
  "#",
  '"',
  "'",
  "{",
  "}",
  "<",
  ">",
  " ",
  "%%{init: {}}%%",
  "__proto__",
  "constructor",
];

/** A text as a picture, a file or a model may hold it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 })
      .map((all) => all.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom("", "a", "b", "1") },
);

/** A text that was valid once: pieces of it are left out, doubled, or replaced. */
export const mutated = (texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          length: fc.nat(12),
          put: fc.oneof(fc.constantFrom(...words), hostileText),
        }),
        { maxLength: 5 },
      ),
    )
    .map(([text, changes]) =>
      changes.reduce((changed, { at, length, put }) => {
        const place = Math.floor(at * changed.length);
        return changed.slice(0, place) + put + changed.slice(place + length);
      }, text),
    );
