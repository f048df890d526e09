import assert from "node:assert/strict";
import fc from "fast-check";
import { formatForLanguage } from "../../../src/text/formatForLanguage.js";
import { codeBlock, codeSpan, escapeMarkdown } from "../../../src/text/markdown.js";
import { oneLine, plainText, plainValue } from "../../../src/text/plain.js";

describe("text from a picture as Markdown", () => {
  const cases: Array<[string, string]> = [
    ["plain words, with 3 marks!", "plain words, with 3 marks!"],
    ["[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"],
    ["![x](https://evil.example/a.png)", "!\\[x\\](`https://evil.example/a.png)`"],
    ["<img src=x>", "\\<img src=x\\>"],
    ["<!-- hidden -->", "\\<!-- hidden --\\>"],
    ["@octocat look", "`@octocat` look"],
    ["mail ann@example.com", "mail `ann@example.com`"],
    ["Fixes #12", "Fixes `#12`"],
    ["closes owner/repo#7 and GH-8", "closes `owner/repo#7` and `GH-8`"],
    ["www.example.com", "`www.example.com`"],
    ["# not a heading\n- nor a list\n1. nor this", "\\# not a heading\n\\- nor a list\n1\\. nor this"],
    ["**bold** _it_ `code` ~~x~~ a|b", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~x\\~\\~ a\\|b"],
    ["&lt;b&gt; $x$", "\\&lt;b\\&gt; \\$x\\$"],
  ];
  for (const [text, markdown] of cases)
    it(JSON.stringify(text), () => assert.equal(escapeMarkdown(text), markdown));

  it("fences longer than any backticks inside", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", "\n", " ") }), (text) => {
        const [fence = ""] = codeBlock(text).split("\n");
        assert.match(fence, /^`{3,}$/);
        assert.ok(!text.includes(fence));
        const span = /^`+/.exec(codeSpan(text || "x"))?.[0] ?? "";
        assert.ok(!(text || "x").replace(/\n/g, " ").split(/[^`]+/).includes(span));
      }),
    );
  });
});

describe("plain text", () => {
  it("loses what cannot be seen and keeps what can", () => {
    assert.equal(plainText("a\u001b[31mred\u001b[0m\u202Eb\u200Bc\u{E0041}d\u0000e"), "aredbcde");
    assert.equal(plainText("tab\tline\r\nנ 👩‍💻 é"), "tab\tline\nנ 👩‍💻 é");
    assert.equal(oneLine("a\n b\tc  ", 4), "a b…");
  });

  it("counts the texts of a value that were changed", () => {
    const { value, changed } = plainValue({ a: "x\u202Ey", b: ["ok", "z\u0007"], c: 3 });
    assert.deepEqual(value, { a: "xy", b: ["ok", "z"], c: 3 });
    assert.equal(changed, 2);
  });
});

describe("a text put into a document", () => {
  const mermaid = { language: "mermaid", text: "flowchart LR\n  n1\n" } as const;
  const markdown = { language: "markdown", text: "# A\n\nb\n" } as const;
  it("is fenced in Markdown and bare in Mermaid", () => {
    assert.equal(formatForLanguage(mermaid, "markdown"), "```mermaid\nflowchart LR\n  n1\n```\n");
    assert.equal(formatForLanguage(mermaid, "mermaid"), mermaid.text);
    assert.equal(formatForLanguage(markdown, "markdown"), markdown.text);
  });
  it("is a comment in code", () => {
    assert.equal(formatForLanguage(mermaid, "typescript"), "// flowchart LR\n//   n1\n");
    assert.equal(formatForLanguage(markdown, "python"), "# # A\n\n# b\n");
  });
  it("is not put where it could end a comment", () => {
    for (const language of ["html", "css", "json"])
      assert.equal(formatForLanguage(mermaid, language), undefined);
  });
});
