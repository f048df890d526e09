import assert from "node:assert/strict";
import prisma from "@prisma/prisma-schema-wasm";
import fc from "fast-check";
import { loadModule, parseSync } from "libpg-query";
import { emitPrisma } from "../../../src/workflows/diagram/emit/code/prisma.js";
import { emitSql } from "../../../src/workflows/diagram/emit/code/sql.js";
import { labelLines } from "../../../src/workflows/diagram/emit/labels.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { edge, entities, graph, node } from "../../support/diagrams.js";
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
        "CREATE TABLE customer (",
        "  id integer PRIMARY KEY,",
        "  email varchar(80) UNIQUE,",
        "  name text",
        ");",
        "",
        'CREATE TABLE "order" (',
        "  order_no bigint PRIMARY KEY,",
        "  customer_id integer NOT NULL REFERENCES customer (id),",
        "  placed timestamptz",
        ");",
        "",
        "CREATE TABLE product (",
        "  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,",
        "  price numeric(10, 2),",
        "  part_of_id integer REFERENCES product (id)",
        ");",
        "",
        "CREATE TABLE invoice (",
        '  order_no bigint NOT NULL UNIQUE REFERENCES "order" (order_no)',
        ");",
        "",
        "CREATE TABLE order_product (",
        '  order_no bigint REFERENCES "order" (order_no),',
        "  product_id integer REFERENCES product (id),",
        "  PRIMARY KEY (order_no, product_id)",
        ");",
        "COMMENT ON TABLE order_product IS 'contains';",
        "",
      ].join("\n"),
    );
    assert.equal(count(text, "CreateStmt"), 5);
  });

  /** The columns of one table of a schema. */
  const columnsOf = (text: string, table: string): string[] =>
    (new RegExp(`CREATE TABLE ${table} \\(\n([^;]*)\n\\);`).exec(text)?.[1] ?? "")
      .split("\n")
      .map((row) => row.trim().replace(/,$/, ""));

  it("takes a drawn column for the foreign key that it is, and adds none (D4)", () => {
    const counts = { startCount: "one", endCount: "zeroOrMore", endHead: "none" } as const;
    const { text } = emitSql(
      graph("er", "", {
        nodes: [
          node("artist", "Artists", { details: ["artist_id int PK", "name varchar(120)"] }),
          node("album", "Albums", { details: ["album_id int PK", "artist_id int"] }),
          node("employee", "Employee", { details: ["EmployeeId int PK", "ReportsTo int FK"] }),
          node("customer", "Customer", { details: ["id int PK", "SupportRepId int FK"] }),
          node("mail", "Mail", { details: ["id int PK", "sender int", "receiver int"] }),
        ],
        edges: [
          edge("artist", "album", "", counts),
          edge("employee", "employee", "manages", { ...counts, startCount: "zeroOrOne" }),
          edge("employee", "customer", "looks after", counts),
          edge("customer", "mail", "sender", counts),
          edge("customer", "mail", "receiver", counts),
        ],
      }),
    );
    assert.deepEqual(columnsOf(text, "albums"), [
      "album_id integer PRIMARY KEY",
      "artist_id integer NOT NULL REFERENCES artists (artist_id)",
    ]);
    assert.deepEqual(columnsOf(text, "employee"), [
      "employee_id integer PRIMARY KEY",
      "reports_to integer REFERENCES employee (employee_id)",
    ]);
    assert.deepEqual(columnsOf(text, "customer"), [
      "id integer PRIMARY KEY",
      "support_rep_id integer NOT NULL REFERENCES employee (employee_id)",
    ]);
    assert.deepEqual(columnsOf(text, "mail"), [
      "id integer PRIMARY KEY",
      "sender integer NOT NULL REFERENCES customer (id)",
      "receiver integer NOT NULL REFERENCES customer (id)",
    ]);
  });

  it("puts a table behind those that it points at, and joins those that point at one another in the end", () => {
    const counts = { startCount: "one", endCount: "zeroOrMore", endHead: "none" } as const;
    const { text } = emitSql(
      graph("er", "", {
        nodes: [node("a", "Team", { details: ["id PK"] }), node("b", "Player", { details: ["id PK"] })],
        edges: [edge("a", "b", "", counts), edge("b", "a", "captain", { ...counts, endCount: "zeroOrOne" })],
      }),
    );
    assert.match(
      text,
      /^CREATE TABLE player \([^;]*\);\n\nCREATE TABLE team \([^;]*REFERENCES player \(id\)\n\);\n\nALTER TABLE player ADD FOREIGN KEY \(team_id\) REFERENCES team \(id\);\n$/,
    );
  });

  it("reads names that begin with a type, and asks for nothing that is not drawn (D10)", () => {
    const { text } = emitSql(
      graph("er", "", {
        nodes: [node("person", "Person", { details: ["date of birth", "first name", "age int not null"] })],
      }),
    );
    assert.deepEqual(columnsOf(text, "person"), [
      "date_of_birth text",
      "first_name text",
      "age integer NOT NULL",
    ]);
  });

  it("holds every entity, relation and label of any graph, and nothing else", () => {
    fc.assert(
      fc.property(graphsOf("er"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitSql(graph);
        const ids = new Set(graph.nodes.map(({ id }) => id));
        graph.edges = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
        const between = graph.edges.filter(
          ({ startCount, endCount }) => isMany(startCount) && isMany(endCount),
        );
        assert.equal(count(text, "CreateStmt"), graph.nodes.length + between.length, text);
        const foreign = JSON.stringify(parseSync(text)).split('"CONSTR_FOREIGN"').length - 1;
        assert.equal(foreign, graph.edges.length + between.length, text);
        assert.deepEqual(
          [...new Set(statements(text))].filter(
            (name) => !["CreateStmt", "AlterTableStmt", "CommentStmt"].includes(name),
          ),
          [],
        );
        const words = letters(text.replaceAll("''", "'"));
        for (const { label, details } of graph.nodes)
          for (const part of [label, ...details.flatMap(labelLines)])
            assert.ok(words.includes(letters(part)), `${part}\n${text}`);
      }),
      { numRuns: 300 },
    );
  });
});

const formatting = {
  textDocument: { uri: "file:/schema.prisma" },
  options: { tabSize: 2, insertSpaces: true },
};

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
          '  orderNo       BigInt         @id @map("order_no")',
          '  customerId    Int            @map("customer_id")',
          "  placed        DateTime?",
          "  customer      Customer       @relation(fields: [customerId], references: [id])",
          "  orderProducts OrderProduct[]",
          "  invoice       Invoice?",
          "}",
        ].join("\n"),
      ),
      text,
    );
  });

  it("keeps the names that a database has, and calls a relation with itself after its words (D10, D14)", () => {
    const { text } = emitPrisma(
      graph("er", "", {
        nodes: [node("a", "order_line", { details: ["line_id int PK", "note: string"] })],
        edges: [
          edge("a", "a", "replaces", { startCount: "zeroOrOne", endCount: "zeroOrMore", endHead: "none" }),
        ],
      }),
    );
    assert.equal(objections(text), "", text);
    assert.ok(
      text.includes(
        [
          "model OrderLine {",
          '  lineId         Int         @id @map("line_id")',
          "  note           String",
          "  replacesLineId Int?",
          '  replaces       OrderLine?  @relation("Replaces", fields: [replacesLineId], references: [lineId])',
          '  orderLines     OrderLine[] @relation("Replaces")',
          "",
          '  @@map("order_line")',
          "}",
        ].join("\n"),
      ),
      text,
    );
  });

  it("is laid out as Prisma's own formatter does it (D14)", () => {
    const { text } = emitPrisma(entities);
    const formatted = prisma.format(JSON.stringify([["schema.prisma", text]]), JSON.stringify(formatting));
    assert.deepEqual(JSON.parse(formatted), [["schema.prisma", text]]);
  });

  it("is accepted for any graph, with every entity, relation and label", () => {
    fc.assert(
      fc.property(graphsOf("er"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitPrisma(graph);
        assert.equal(objections(text), "", text);
        const ids = new Set(graph.nodes.map(({ id }) => id));
        graph.edges = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
        const between = graph.edges.filter(
          ({ startCount, endCount }) => isMany(startCount) && isMany(endCount),
        );
        assert.equal(text.match(/^model /gm)?.length ?? 0, graph.nodes.length + between.length);
        assert.equal(text.match(/references: \[/g)?.length ?? 0, graph.edges.length + between.length);
        const words = letters(text);
        for (const { label, details } of graph.nodes)
          for (const part of [label, ...details.flatMap(labelLines)])
            assert.ok(words.includes(letters(part)), `${part}\n${text}`);
      }),
      { numRuns: 300 },
    );
  });
});
