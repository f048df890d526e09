import assert from "node:assert/strict";
import { Uri } from "vscode";
import { copyPlace, issueDocument, linkTo } from "../../../src/editor/issue/issues.js";
import { bestPath, framesOf } from "../../../src/workflows/triage/frames.js";

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

describe("a stack trace's frames", () => {
  it("name file and line in the languages' own ways", () => {
    const trace = [
      "TypeError: Cannot read properties of undefined (reading 'amount')",
      "    at sumPayments (src/billing/payments.ts:88:31)",
      "    at https://app.example/assets/index.js:12:7",
      "    at com.shop.Cart.total(Cart.java:41)",
      '  File "/srv/app/views.py", line 17, in index',
      "   at Shop.Cart.Total() in C:\\src\\Cart.cs:line 9",
      "\t/go/src/main.go:120 +0x1d",
    ].join("\n");
    assert.deepEqual(
      framesOf(trace).map(({ file, line, column }) => [file.split(/[\\/]/).at(-1), line, column]),
      [
        ["payments.ts", 88, 31],
        ["index.js", 12, 7],
        ["Cart.java", 41, undefined],
        ["views.py", 17, undefined],
        ["Cart.cs", 9, undefined],
        ["main.go", 120, undefined],
      ],
    );
  });

  it("mean the file that agrees with them in the most folders, and none that has another name", () => {
    const paths = ["/w/src/payments.ts", "/w/src/billing/payments.ts", "/w/src/payments.test.ts"];
    assert.equal(bestPath("webpack:///src/billing/payments.ts", paths), "/w/src/billing/payments.ts");
    assert.equal(bestPath("payments.ts", paths), "/w/src/payments.ts");
    assert.equal(bestPath("orders.ts", paths), undefined);
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
