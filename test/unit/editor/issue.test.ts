import assert from "node:assert/strict";
import { Uri } from "vscode";
import { copyPlace, issueDocument, linkTo } from "../../../src/editor/issue/issues.js";

const issue = { body: "Body", labels: [], template: "", fields: [] };

describe("an issue as a document", () => {
  it("has a heading in which nothing is live (C3)", () => {
    const { text } = issueDocument({ ...issue, title: "![x](https://evil.example/a.png) <img src=x> @all" });
    const [heading = ""] = text.split("\n");
    assert.equal(heading, "# !\\[x\\](`https://evil.example/a.png)` \\<img src=x\\> `@all`");
    assert.doesNotMatch(heading, /[^\\]<img|[^\\]\]\(/);
  });

  it("has one heading, whatever line breaks the title has, and none without a title", () => {
    assert.equal(issueDocument({ ...issue, title: "a\n# b" }).text, "# a # b\n\nBody");
    assert.equal(issueDocument({ ...issue, title: "" }).text, "Body");
  });
});

describe("the link to an issue's picture", () => {
  const folder = { uri: Uri.file("/w"), name: "w", index: 0 };

  it("escapes what would end it", () => {
    assert.equal(
      linkTo(Uri.file("/w/a b/x(1)#'.png"), undefined, folder),
      "![Screenshot](a%20b/x%281%29%23%27.png)",
    );
  });

  it("names copies so that they need no escaping, and numbers them", () => {
    assert.equal(copyPlace(folder, "a b (1).png").path, "/w/screenshots/a-b-1-.png");
    assert.equal(copyPlace(folder, "a.png", 2).path, "/w/screenshots/a-2.png");
  });
});
