import assert from "node:assert/strict";
import prisma from "@prisma/prisma-schema-wasm";
import fc from "fast-check";
import { loadModule, parseSync } from "libpg-query";
import { emitPrisma } from "../../../src/workflows/diagram/emit/code/prisma.js";
import { emitSql } from "../../../src/workflows/diagram/emit/code/sql.js";
import { rowsOf } from "../../../src/workflows/diagram/emit/labels.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { entities } from "../../support/diagrams.js";
import { graphsOf, letters } from "../../support/graphs.js";

const isMany = (count: string) => count === "oneOrMore" || count === "zeroOrMore";

describe("SQL, read back by PostgreSQL's own parser", () => {
  before(() => loadModule());

  const statements = (text: string): string[] =>
    (parseSync(text).stmts ?? []).map(({ stmt }: { stmt?: object }) => Object.keys(stmt ?? {})[0] ?? "");
  const count = (text: string, kind: string) => statements(text).filter((name) => name === kind).length;

  it("writes keys, foreign keys from the cardinalities, and a table between many and many", () => {
    const { text } = emitSql(entities);
    assert.equal(
      text,
      [
        'CREATE TABLE "customer" (',
        '  "id" integer NOT NULL,',
        '  "email" varchar(80) NOT NULL UNIQUE,',
        '  "name" text NOT NULL,',
        '  PRIMARY KEY ("id")',
        ");",
        "",
        'CREATE TABLE "order" (',
        '  "order_no" bigint NOT NULL,',
        '  "customer_id" integer NOT NULL,',
        '  "placed" timestamptz,',
        '  PRIMARY KEY ("order_no")',
        ");",
        "",
        'CREATE TABLE "product" (',
        '  "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,',
        '  "price" numeric(10, 2) NOT NULL,',
        '  "part_of_id" bigint,',
        '  PRIMARY KEY ("id")',
        ");",
        "",
        'CREATE TABLE "invoice" (',
        '  "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,',
        '  "order_order_no" bigint NOT NULL,',
        '  PRIMARY KEY ("id")',
        ");",
        "",
        'CREATE TABLE "order_product" (',
        '  "order_order_no" bigint NOT NULL,',
        '  "product_id" bigint NOT NULL,',
        '  PRIMARY KEY ("order_order_no", "product_id")',
        ");",
        "COMMENT ON TABLE \"order_product\" IS 'contains';",
        "",
        'ALTER TABLE "order" ADD FOREIGN KEY ("customer_id") REFERENCES "customer" ("id");',
        'ALTER TABLE "order_product" ADD FOREIGN KEY ("order_order_no") REFERENCES "order" ("order_no");',
        'ALTER TABLE "order_product" ADD FOREIGN KEY ("product_id") REFERENCES "product" ("id");',
        'ALTER TABLE "invoice" ADD UNIQUE ("order_order_no");',
        'ALTER TABLE "invoice" ADD FOREIGN KEY ("order_order_no") REFERENCES "order" ("order_no");',
        'ALTER TABLE "product" ADD FOREIGN KEY ("part_of_id") REFERENCES "product" ("id");',
        "",
      ].join("\n"),
    );
    assert.equal(count(text, "CreateStmt"), 5);
  });

  it("holds every entity, relation and label of any graph, and nothing else", () => {
    fc.assert(
      fc.property(graphsOf("er"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitSql(graph);
        const between = graph.edges.filter(
          ({ startCount, endCount }) => isMany(startCount) && isMany(endCount),
        );
        assert.equal(count(text, "CreateStmt"), graph.nodes.length + between.length, text);
        assert.equal(
          count(text, "AlterTableStmt") - text.split("ADD UNIQUE").length + 1,
          graph.edges.length + between.length,
        );
        assert.deepEqual(
          [...new Set(statements(text))].filter(
            (name) => !["CreateStmt", "AlterTableStmt", "CommentStmt"].includes(name),
          ),
          [],
        );
        const words = letters(text.replaceAll("''", "'"));
        for (const { label, details } of graph.nodes)
          for (const part of [label, ...details.flatMap(rowsOf)])
            assert.ok(words.includes(letters(part)), `${part}\n${text}`);
      }),
      { numRuns: 300 },
    );
  });
});

describe("Prisma, read back by its own validator", () => {
  const objections = (text: string): string => {
    try {
      prisma.validate(JSON.stringify({ prismaSchema: [["schema.prisma", text]], noColor: true }));
      return "";
    } catch (error) {
      return String(error);
    }
  };

  it("writes models whose relations are known on both sides", () => {
    const { text } = emitPrisma(entities);
    assert.equal(objections(text), "", text);
    assert.ok(
      text.includes(
        [
          "model Order {",
          "  orderNo BigInt @id",
          "  customerId Int",
          "  placed DateTime?",
          '  customer Customer @relation(name: "relation1", fields: [customerId], references: [id])',
          '  orderProducts OrderProduct[] @relation(name: "relation2")',
          '  invoice Invoice? @relation(name: "relation4")',
          "}",
        ].join("\n"),
      ),
      text,
    );
  });

  it("is accepted for any graph, with every entity, relation and label", () => {
    fc.assert(
      fc.property(graphsOf("er"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitPrisma(graph);
        assert.equal(objections(text), "", text);
        const between = graph.edges.filter(
          ({ startCount, endCount }) => isMany(startCount) && isMany(endCount),
        );
        assert.equal(text.match(/^model /gm)?.length ?? 0, graph.nodes.length + between.length);
        assert.equal(text.match(/references: \[/g)?.length ?? 0, graph.edges.length + between.length);
        const words = letters(text);
        for (const { label, details } of graph.nodes)
          for (const part of [label, ...details.flatMap(rowsOf)])
            assert.ok(words.includes(letters(part)), `${part}\n${text}`);
      }),
      { numRuns: 300 },
    );
  });
});
