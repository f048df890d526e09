import assert from "node:assert/strict";
import { resolve } from "node:path";
import { UserError } from "../../../../src/errors.js";
import { isCellUnsure, type TextMark } from "../../../../src/report.js";
import { differences, withText } from "../../../../src/workflows/extract/corrections.js";
import { extract } from "../../../../src/workflows/extract/extract.js";
import { ExtractAnswer } from "../../../../src/workflows/extract/schema.js";
import { SchemaChecker } from "../../../../src/workflows/extract/schemaChecker.js";
import { readSchema, typesAt } from "../../../../src/workflows/extract/userSchema.js";
import { extractAnswer } from "../../../support/cannedAnswers.js";
import { seenPicture } from "../../../support/geometry.js";

const mark = (text: string, x: number, y: number): TextMark => ({
  id: `T${x}-${y}`,
  box: { x, y, width: text.length * 8, height: 12 },
  text,
  confidence: 95,
  letterHeight: 11,
  fontSize: 15,
  bold: false,
  contrast: { status: "unmeasured", reason: "Not looked at." },
});

const pictures = [
  seenPicture("order.png", 1280, 800, {
    texts: [
      mark("Trail jacket, size M", 885, 168),
      mark("£129.00", 1157, 168),
      mark("Wool socks, 3 pairs", 885, 200),
      mark("£24.00", 1166, 200),
      mark("£4.50", 1175, 232),
      mark("£157.50", 1157, 264),
    ],
  }),
] as const;

describe("extracting", () => {
  const evaluated = extract.evaluate(extractAnswer, pictures);
  const { grid } = evaluated;

  it("gives the data in its form, with numbers that can be calculated with", () => {
    assert.deepEqual(grid.data, {
      shipping: 4.5,
      total: 157.5,
      items: [
        { description: "Trail jacket, size M", amount: 129 },
        { description: "Wool socks, 3 pairs", amount: 42 },
      ],
    });
  });

  it("shows both readings of what OCR reads differently, and that the sum does not hold", () => {
    const unsure = grid.tables.flatMap(({ rows }) => rows.flat()).filter(isCellUnsure);
    assert.deepEqual(
      unsure.map(({ path, text, other }) => [path, text, other]),
      [["/items/1/amount", "£42.00", "£24.00"]],
    );
    const report = extract.report(evaluated, pictures);
    assert.deepEqual(report.notJudged, [
      "The items add up to the total: it is 175.5, not 157.5",
      "/date is not in the picture",
    ]);
    assert.equal(report.fields[0]?.value, "Claude: “£42.00” · OCR: “£24.00”");
  });

  it("leaves out what has no place, and says so", () => {
    const odd = { ...extractAnswer, values: [{ ...extractAnswer.values[0], path: "total" }] };
    const { misplaced } = extract.evaluate(ExtractAnswer.parse(odd), pictures);
    assert.deepEqual(misplaced, ["total"]);
  });

  it("never calls a number confirmed that is read off an axis, and none of its values contradicted", () => {
    const [table] = extractAnswer.tables;
    assert.ok(table);
    const chart = { ...extractAnswer, tables: [{ ...table, isEstimated: true }] };
    const cells = extract.evaluate(chart, pictures).grid.tables[0]?.rows.map((row) => row[1]);
    assert.deepEqual(
      cells?.map((cell) => [cell?.evidence, cell?.confidence]),
      [
        ["confirmed", "medium"],
        ["seen", "medium"],
      ],
    );
  });

  it("gives values the types that the person's schema asks for", () => {
    const schema = JSON.stringify({
      properties: {
        total: { type: "string" },
        items: { items: { properties: { amount: { type: ["number", "null"] } } } },
      },
    });
    const { grid: typed } = extract.evaluate(extractAnswer, pictures, { schema });
    assert.deepEqual(typed.data, {
      shipping: 4.5,
      total: "£157.50",
      items: [
        { description: "Trail jacket, size M", amount: 129 },
        { description: "Wool socks, 3 pairs", amount: 42 },
      ],
    });
  });

  it("asks with the schema and the vocabulary as data", () => {
    const question = extract.question(pictures, {
      kind: "invoice",
      schema: '{"total":1}',
      vocabulary: "Grünwald",
    });
    assert.match(question, /Read it as: invoice\./);
    assert.match(question, /<schema>\n\{"type":"object","properties":\{"total":\{"type":"number"\}\}/);
    assert.match(question, /Grünwald/);
  });
});

describe("a correction", () => {
  it("changes one text, and is told from the model's", () => {
    const once = withText(extractAnswer, "/items/1/amount", "£24.00");
    assert.deepEqual(differences(extractAnswer, once), ["/items/1/amount"]);
    assert.equal(extract.evaluate(once, pictures).grid.checks[0]?.holds, true);
    assert.deepEqual(differences(extractAnswer, withText(once, "/total", "£1")), [
      "/total",
      "/items/1/amount",
    ]);
  });
});

describe("a person's schema", () => {
  const refused = (text: string): string => {
    try {
      readSchema(text);
    } catch (error) {
      assert.ok(error instanceof UserError);
      return error.problem;
    }
    return "";
  };

  it("is refused in a sentence, with the place, before anything is paid", () => {
    assert.match(refused("{"), /no JSON/);
    assert.match(refused("1"), /neither an object nor a list/);
    assert.match(
      refused('{"$ref":"https://example.org/x.json"}'),
      /refers to “https:\/\/example.org\/x.json”, another file/,
    );
    assert.match(
      refused('{"$defs":{"a":{"properties":{"next":{"$ref":"#/$defs/a"}}}},"$ref":"#/$defs/a"}'),
      /At \/properties\/next it refers to itself/,
    );
    assert.match(refused('{"$ref":"#/$defs/gone"}'), /not there/);
    assert.match(
      refused(
        JSON.stringify({
          properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, true])),
        }),
      ),
      /larger than 64 kB|more than 500 properties/,
    );
    assert.match(
      refused(
        JSON.stringify({
          properties: Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`p${index}`, true])),
        }),
      ),
      /more than 500 properties/,
    );
    assert.match(refused(" ".repeat(70_000)), /larger than 64 kB/);
  });

  it("is refused where its references multiply, or brackets stand in each other without end", () => {
    const level = (next: number) => ({
      anyOf: Array.from({ length: 400 }, () => ({ $ref: `#/$defs/a${next}` })),
    });
    const $defs = Object.fromEntries(
      Array.from({ length: 4 }, (_, index) => [`a${index}`, level(index + 1)]),
    );
    const text = JSON.stringify({ $defs: { ...$defs, a4: { type: "string" } }, $ref: "#/$defs/a0" });
    assert.match(refused(text), /too many parts/);
    assert.match(refused(`${"[".repeat(20_000)}${"]".repeat(20_000)}`), /levels deep/);
    assert.match(refused(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`), /levels deep/);
  });

  it("is made of an example", () => {
    assert.deepEqual(readSchema('{"total": 1, "items": [{"name": "x"}]}'), {
      type: "object",
      properties: {
        total: { type: "number" },
        items: {
          type: "array",
          items: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        },
      },
      required: ["total", "items"],
    });
    assert.match(refused('{"items": []}'), /empty/);
  });

  it("says what a place is to be, through references and branches", () => {
    const schema = readSchema(
      JSON.stringify({
        $defs: { money: { anyOf: [{ type: "number" }, { type: "null" }] } },
        properties: { total: { $ref: "#/$defs/money" }, day: { type: "string", format: "date" } },
        additionalProperties: { type: "boolean" },
      }),
    );
    assert.deepEqual(typesAt(schema, ["total"]).types, ["number", "null"]);
    assert.deepEqual(typesAt(schema, ["day"]), { types: ["string"], format: "date" });
    assert.deepEqual(typesAt(schema, ["anything"]).types, ["boolean"]);
  });
});

describe("checking data against a schema", () => {
  const checker = new SchemaChecker(resolve("dist/schemaWorker.js"));
  after(() => checker.dispose());

  it("says what is wrong, in either dialect", async () => {
    const schema = {
      type: "object",
      properties: { day: { type: "string", format: "date" } },
      required: ["day", "sum"],
    };
    const problems = ["/ must have required property 'sum'", '/day must match format "date"'];
    for (const dialect of [
      "http://json-schema.org/draft-07/schema#",
      "https://json-schema.org/draft/2020-12/schema",
    ])
      assert.deepEqual(
        (await checker.check({ $schema: dialect, ...schema }, { day: "soon" })).toSorted(),
        problems,
      );
    assert.deepEqual(await checker.check(schema, { day: "2026-11-28", sum: 1 }), []);
  });

  it("ends what would take for ever, and goes on with the next", async () => {
    const schema = { properties: { a: { type: "string", pattern: "^(a+)+$" } } };
    const [problem] = await checker.check(schema, { a: `${"a".repeat(60)}!` });
    assert.match(problem ?? "", /takes too long/);
    assert.deepEqual(await checker.check({ type: "object" }, {}), []);
  });

  it("says that a schema is none", async () => {
    const [problem] = await checker.check({ type: "nonsense" }, {});
    assert.match(problem ?? "", /cannot be used/);
  });
});
