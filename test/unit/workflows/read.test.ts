import assert from "node:assert/strict";
import fc from "fast-check";
import type { TextMark } from "../../../src/report.js";
import { weighLines } from "../../../src/workflows/read/agreement.js";
import { blockOf } from "../../../src/workflows/read/blocks.js";
import { codeLanguageOf } from "../../../src/workflows/read/code.js";
import { blocksOf } from "../../../src/workflows/read/layout.js";
import { read } from "../../../src/workflows/read/read.js";
import { seenPicture } from "../../support/geometry.js";

let count = 0;
/** Words as OCR would find them: letters 8 px wide, capitals 11 px high. */
const mark = (text: string, x: number, y: number, more: Partial<TextMark> = {}): TextMark => ({
  id: `T${++count}`,
  box: { x, y, width: text.length * 8, height: 15 },
  text,
  confidence: 95,
  letterHeight: 11,
  fontSize: 15,
  bold: false,
  contrast: { status: "unmeasured", reason: "Not looked at." },
  ...more,
});

const pictureOf = (texts: TextMark[]) => [seenPicture("page.png", 1280, 800, { texts })] as const;
const offline = (texts: TextMark[]) => {
  const read_ = read.offline?.(pictureOf(texts));
  assert.ok(read_);
  return read.report(read_, pictureOf(texts)).documents;
};
const plain = (...texts: TextMark[]): string => offline(texts)[0]?.text ?? "";
const markdown = (...texts: TextMark[]): string => offline(texts)[1]?.text ?? "";

describe("reading order", () => {
  it("reads what stands across the top first, then each column to its end", () => {
    const order = blocksOf([
      mark("right one", 420, 80),
      mark("left two", 20, 200),
      mark("left one", 20, 80),
      mark("A title across both of the columns here", 20, 10, { letterHeight: 16 }),
      mark("right two", 420, 200),
    ]);
    assert.deepEqual(
      order.flat().map(({ text }) => text),
      ["A title across both of the columns here", "left one", "left two", "right one", "right two"],
    );
  });

  it("joins the marks of a line, of several colours, and leaves the next column alone", () => {
    assert.equal(
      plain(mark("Total:", 20, 10), mark("not yet known", 76, 10), mark("€ 12", 500, 10)),
      "Total: not yet known\n\n€ 12\n",
    );
  });

  it("reads a table by its rows, with a tab between the cells", () => {
    const rows = ["Trail jacket", "Wool socks, 3 pairs", "Total"];
    const prices = ["129.00", "24.00", "153.00"];
    const marks = rows.flatMap((name, index) => [
      mark(name, 20, 10 + index * 20),
      mark(prices[index] ?? "", 400, 10 + index * 20),
    ]);
    assert.equal(plain(...marks), "Trail jacket\t129.00\nWool socks, 3 pairs\t24.00\nTotal\t153.00\n");
  });

  it("loses no word and reads none twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.nat(1200), y: fc.nat(780), text: fc.stringMatching(/^[a-z]{1,9}$/) }), {
          maxLength: 60,
        }),
        (places) => {
          const marks = places.map(({ x, y, text }) => mark(text, x, y));
          const words = blocksOf(marks)
            .flat()
            .flatMap(({ marks: ids }) => ids);
          assert.deepEqual([...words].sort(), marks.map(({ id }) => id).sort());
        },
      ),
    );
  });
});

describe("a text's blocks", () => {
  it("are paragraphs without the line breaks that the column forced, and whole words", () => {
    const lines = [
      "This paragraph is broken by its column, and its long-",
      "winded sentence goes on over the lines until it stops",
      "here.",
    ];
    assert.equal(
      plain(...lines.map((line, index) => mark(line, 20, 10 + index * 20))),
      "This paragraph is broken by its column, and its longwinded sentence goes on over the lines until it stops here.\n",
    );
  });

  it("are lines where breaks are content, such as a menu", () => {
    assert.equal(
      plain(...["Home", "Products", "About us"].map((line, index) => mark(line, 20, 10 + index * 20))),
      "Home\nProducts\nAbout us\n",
    );
  });

  it("are lists, whose items go on over the line", () => {
    const lines = ["• First thing to do", "• Second, which is long", "and goes on", "• Third"];
    assert.equal(
      markdown(...lines.map((line, index) => mark(line, index === 2 ? 36 : 20, 10 + index * 20))),
      "- First thing to do\n- Second, which is long and goes on\n- Third\n",
    );
  });

  it("are code with its indentation and language", () => {
    const lines: Array<[string, number]> = [
      ["function total(items) {", 0],
      ["let sum = 0;", 2],
      ["for (const { price } of items) {", 2],
      ["sum += price;", 4],
      ["}", 2],
      ["return sum;", 2],
      ["}", 0],
    ];
    const code = lines.map(([text, indent], index) => mark(text, 20 + indent * 8, 10 + index * 20));
    assert.equal(
      markdown(...code),
      `\`\`\`javascript\n${lines.map(([text, indent]) => " ".repeat(indent) + text).join("\n")}\n\`\`\`\n`,
    );
  });

  it("are headings where the letters are larger than the rest", () => {
    const body = [0, 1, 2].map((line) => mark("some words of the body", 20, 80 + line * 20));
    const title = mark("Release notes", 20, 10, {
      letterHeight: 22,
      box: { x: 20, y: 10, width: 300, height: 30 },
    });
    assert.match(markdown(title, ...body), /^## Release notes\n\n/);
  });

  it("know prose from code", () => {
    const [line] = blocksOf([mark("Please call us (we are open) at 5; thanks.", 20, 10)]);
    assert.ok(line);
    assert.equal(blockOf(line, 11).kind, "paragraph");
    const known = {
      "def add(a, b):\n    return a + b": "python",
      "SELECT name\nFROM users\nWHERE id = 1;": "sql",
      '{\n  "name": "x",\n  "size": 1\n}': "json",
      "interface Point {\n  x: number;\n}": "typescript",
      'fn main() {\n    println!("hi");\n}': "rust",
    };
    for (const [code, language] of Object.entries(known)) assert.equal(codeLanguageOf(code), language);
  });
});

describe("a transcription against OCR", () => {
  const lines = (...texts: Array<[string, number]>) =>
    blocksOf(
      texts.map(([text, confidence], index) => mark(text, 20, 10 + index * 60, { confidence })),
    ).flat();

  it("is confirmed, contradicted or open, line by line, with both readings", () => {
    const weighed = weighLines(
      ["Pay 100 now", "Order number 4711", "handwritten note", "[unreadable] Street"],
      lines(["Pay 1O0 now", 90], ["Order number 4711", 90], ["Main Street", 90]),
    );
    assert.deepEqual(weighed, [
      { text: "Pay 100 now", evidence: "contradicted", other: "Pay 1O0 now" },
      { text: "Order number 4711", evidence: "confirmed" },
      { text: "handwritten note", evidence: "seen" },
      { text: "[unreadable] Street", evidence: "seen" },
    ]);
  });

  it("is not contradicted by an unsure reading, nor by how a quotation mark is drawn", () => {
    assert.deepEqual(
      weighLines(["It’s “done”", "Total 12.50"], lines(['It\'s "done"', 90], ["Tota1 12.5O", 40])).map(
        ({ evidence }) => evidence,
      ),
      ["confirmed", "seen"],
    );
  });

  it("uses each line of OCR's once: the same words twice need two of them", () => {
    const weighed = weighLines(["Edit", "Edit"], lines(["Edit", 90]));
    assert.deepEqual(
      weighed.map(({ evidence }) => evidence),
      ["confirmed", "seen"],
    );
  });

  it("waits for a person where readings differ, and keeps [unreadable] in the text", () => {
    const texts = [mark("Pay 1O0 now", 20, 10)];
    const picture = pictureOf(texts);
    const judged = read.evaluate(
      { blocks: [{ kind: "paragraph", language: "", lines: ["Pay 100 now", "[unreadable]"] }] },
      picture,
    );
    const report = read.report(judged, picture);
    assert.equal(report.documents[0]?.text, "Pay 100 now [unreadable]\n");
    assert.deepEqual(report.fields, [
      { label: "Read differently", value: "Claude: “Pay 100 now” · OCR: “Pay 1O0 now”", confidence: "low" },
    ]);
    assert.equal(report.summary, "2 lines: OCR agrees with 0, reads 1 differently, cannot tell of 1.");
  });

  it("shows in Markdown just the text: nothing in it is live", () => {
    const hostile = [
      "![x](https://evil.example/a.png)",
      "<img src=x onerror=alert(1)>",
      "@someone #12",
      "# no heading",
    ];
    const judged = read.evaluate(
      { blocks: [{ kind: "lines", language: "", lines: hostile }] },
      pictureOf([]),
    );
    const text = read.report(judged, pictureOf([])).documents[1]?.text ?? "";
    assert.doesNotMatch(text, /(^|[^\\])!?\[x\]\(|(^|[^\\])<img|^# /m);
    const fenced = read.evaluate(
      { blocks: [{ kind: "code", language: "x\n```\n# out", lines: ["```", "a"] }] },
      pictureOf([]),
    );
    assert.equal(read.report(fenced, pictureOf([])).documents[1]?.text, "````\n```\na\n````\n");
  });

  it("compares a thousand lines without comparing each with each letter by letter", () => {
    const many = Array.from({ length: 1000 }, (_, index) => `line number ${index} of a long page`);
    const read_ = many.map((text, index) => ({
      text,
      box: { x: 0, y: index * 20, width: 200, height: 15 },
      letterHeight: 11,
      marks: [`T${index}`],
      confidence: 90,
    }));
    assert.ok(weighLines(many, read_).every(({ evidence }) => evidence === "confirmed"));
  });
});
