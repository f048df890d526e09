import assert from "node:assert/strict";
import type { Content, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { liveStretches } from "../../src/text/live.js";

/** What a reader does not see but a machine obeys. */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

export const assertVisible = (text: string): void =>
  assert.doesNotMatch(text.replaceAll("\r\n", "\n"), invisible);

/** The pages that our own reports link to. */
const ownLinks = "https://www.w3.org/";

/** Fails where Markdown holds what a host makes live, beside links to WCAG. */
export function assertInertMarkdown(markdown: string): void {
  const walk = (node: Root | Content): void => {
    assert.ok(
      !["html", "image", "imageReference", "definition", "linkReference"].includes(node.type),
      node.type,
    );
    if (node.type === "link") {
      assert.ok(node.url.startsWith(ownLinks), node.url);
      return;
    }
    if (node.type === "text")
      for (const { start, end } of liveStretches(node.value))
        assert.fail(`live: ${node.value.slice(start, end)}`);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(fromMarkdown(markdown));
}

const ownTags =
  /^(!DOCTYPE|\/?(html|head|meta|title|style|body|main|h1|h2|h3|p|strong|ul|li|code|table|thead|tbody|tr|th|td|section|a))\b/;

/** Fails where a page holds an element that our report has not, or a link elsewhere than to WCAG. */
export function assertInertHtml(html: string): void {
  for (const tag of html.split("<").slice(1)) {
    assert.match(tag, ownTags);
    if (tag.startsWith("a ")) assert.ok(tag.startsWith(`a href="${ownLinks}`), tag);
  }
}

/** Fails where a message of SARIF holds a link in its own syntax. */
export function assertInertSarif(sarif: string): void {
  JSON.parse(sarif, (key, value: unknown) => {
    if (key === "text" && typeof value === "string")
      assert.doesNotMatch(value.replace(/\\./gs, ""), /\[[^\]]*\]\(/);
    return value;
  });
}

/** Fails where a cell is a formula for a spreadsheet. */
export const assertInertCsv = (csv: string): void => assert.doesNotMatch(csv, /(?:^|[,\n])"[=+@-]/);
