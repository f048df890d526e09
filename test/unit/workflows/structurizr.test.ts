import assert from "node:assert/strict";
import fc from "fast-check";
import { emitStructurizr } from "../../../src/workflows/diagram/emit/structurizr.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, group, node } from "../../support/diagrams.js";
import { graphsOf, letters, shown } from "../../support/graphs.js";
import { readStructurizr } from "../../support/structurizrReader.js";

const shop = graph("architecture", "Shop", {
  nodes: [
    node("customer", "Customer", { shape: "actor" }),
    node("web", "Web\n[Container: React]\nWhere people buy", { group: "system" }),
    node("orders", "Orders", { group: "system", shape: "cylinder" }),
    node("bank", 'The "Bank"'),
  ],
  groups: [group("system", "Web shop")],
  edges: [
    edge("customer", "web", "Buys at"),
    edge("web", "orders", "Reads from [SQL]"),
    edge("web", "bank", "Pays", { line: "dashed" }),
    edge("system", "bank", "Pays"),
  ],
  remarks: [
    { about: "orders", feature: "technology", value: "PostgreSQL" },
    { about: "orders", feature: "description", value: "All that was ordered" },
    { about: "bank", feature: "external", value: "yes" },
  ],
});

describe("Structurizr DSL", () => {
  it("is what a person would write", () => {
    const { text, warnings } = emitStructurizr(shop);
    assert.equal(
      text,
      `workspace "Shop" {
  model {
    customer = person "Customer"
    theBank = softwareSystem "The \\"Bank\\"" "" "External"
    webShop = softwareSystem "Web shop" {
      web = container "Web" "Where people buy" "React"
      orders = container "Orders" "All that was ordered" "PostgreSQL" "Database"
    }
    webShop -> theBank "Pays"
    customer -> web "Buys at"
    web -> theBank "Pays" "" "Dashed"
    web -> orders "Reads from" "SQL"
  }
  views {
    systemLandscape {
      include *
      autoLayout lr
    }
    container webShop {
      include *
      autoLayout lr
    }
    styles {
      element "Person" {
        shape Person
      }
      element "Database" {
        shape Cylinder
      }
      element "External" {
        background #999999
      }
      relationship "Relationship" {
        dashed false
      }
      relationship "Dashed" {
        dashed true
      }
    }
  }
}
`,
    );
    assert.deepEqual(warnings, [
      "The picture does not say what 1 of its boxes are: they became software systems.",
    ]);
    const { elements, relations, views } = readStructurizr(text);
    assert.deepEqual([elements.length, relations.length], [5, 4]);
    assert.deepEqual(views, ["systemLandscape lr", "container Web shop lr"]);
  });

  it("reads frames around components as containers in a system", () => {
    const drawn = graph("architecture", "", {
      nodes: [
        node("sign", "Sign-in\n[Component: Go]", { group: "api" }),
        node("pay", "Payment\n[Component]", { group: "api" }),
        node("db", "Data\n[Container: MySQL]", { group: "shop" }),
      ],
      groups: [group("shop", "Shop"), group("api", "API", "shop")],
      edges: [edge("sign", "db")],
    });
    const { elements, groups, views } = readStructurizr(emitStructurizr(drawn).text);
    assert.deepEqual(groups, []);
    assert.deepEqual(
      elements.map(({ kind, name, within, technology }) => [kind, name, within, technology]),
      [
        ["softwareSystem", "Shop", "", ""],
        ["container", "Data", "Shop", "MySQL"],
        ["container", "API", "Shop", ""],
        ["component", "Sign-in", "API", "Go"],
        ["component", "Payment", "API", ""],
      ],
    );
    assert.deepEqual(views, ["systemLandscape lr", "container Shop lr", "component API lr"]);
  });

  it("never ends a string, opens a block or draws a line with the words of a picture", () => {
    for (const words of [
      "{",
      "}",
      "->",
      "-->",
      "=",
      "a\\",
      '"',
      '\\"',
      "${HOME}",
      "//",
      "/*",
      "!include x",
      "#",
    ]) {
      const drawn = graph("architecture", words, {
        nodes: [
          node("a", words, { group: "g" }),
          node("b", `b\n${words}`, { group: "h" }),
          node("c", "c\n[Container]"),
        ],
        groups: [group("g", words), group("h", words, "g")],
        edges: [edge("a", "b", words), edge("b", "c", `x [${words}]`)],
        remarks: [{ about: "c", feature: "technology", value: words }],
      });
      const { text } = emitStructurizr(drawn);
      const { elements, groups, relations } = readStructurizr(text);
      assert.deepEqual([elements.length, groups.length, relations.length], [3, 2, 2], text);
    }
  });

  it("keeps names apart that Structurizr takes for the same, and says so", () => {
    const nodes = ["v1.2", "v12", "V1/2"].map((label, index) => node(`n${index}`, label, { shape: "actor" }));
    const { text, warnings } = emitStructurizr(graph("architecture", "", { nodes }));
    assert.deepEqual(
      readStructurizr(text).elements.map(({ name }) => name),
      ["v1.2", "v12 (2)", "V1/2 (3)"],
    );
    assert.equal(warnings.length, 2);
  });

  it("holds every element, frame, line, description and technology of any graph, and nothing else", () =>
    fc.assert(
      fc.property(
        graphsOf("architecture"),
        fc.array(fc.tuple(fc.nat(7), fc.constantFrom("Go", "{", "a\\b", "->", "[x]", '"'))),
        (answer, technologies) => {
          const groups = answer.groups.map((one, index) => ({
            ...one,
            label: `frame ${index} ${one.label}`,
          }));
          const remarks = technologies.flatMap(([index, value]) => {
            const about = answer.nodes[index]?.id;
            return about === undefined ? [] : [{ about, feature: "technology" as const, value }];
          });
          const { graph: drawn } = validGraph({ ...answer, groups, remarks });
          const { text } = emitStructurizr(drawn);
          const read = readStructurizr(text);
          const frames = read.elements.filter(({ isFrame }) => isFrame);
          const boxes = read.elements.filter(({ isFrame }) => !isFrame);
          const lines = read.relations.map(({ description, technology }) =>
            bare(technology === "" ? description : `${description}[${technology}]`),
          );
          const said = saidBy(drawn, new Set(frames.map(({ name }) => bare(name))));
          assert.deepEqual(
            boxes
              .map(({ name, description, technology, within }) =>
                box([unnumbered(name), description, technology], within),
              )
              .sort(),
            said.boxes.sort(),
            text,
          );
          assert.deepEqual(
            [...read.groups, ...frames].map(({ name, within }) => `${bare(name)} in ${bare(within)}`).sort(),
            said.frames.sort(),
            text,
          );
          assert.deepEqual([...new Set(lines)].sort(), [...said.lines].sort(), text);
          assert.equal(lines.length, said.count, text);
        },
      ),
      { numRuns: 200 },
    ));
});

/** A text's letters, with the signs that stand for others. */
const bare = (text: string): string => letters(text.replaceAll("\\", "∖").replaceAll("|", "/"));

/** A name without the number that tells it from another. */
const unnumbered = (name: string): string => name.replace(/\s*\(\d+\)$/, "");

/** What stands in a box, in any order: a system's technology stands before its description, behind a colon. */
const box = (texts: string[], within: string): string =>
  `${[...texts.map(bare).join("").replaceAll(":", "")].sort().join("")} in ${bare(within)}`;

/** @param systems the frames that became elements, at which lines can end */
function saidBy({ nodes, groups, edges, remarks }: Graph, systems: ReadonlySet<string>) {
  const labels = new Map(groups.map(({ id, label }) => [id, label]));
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  for (const { id, group: around } of nodes) parents.set(id, around);
  const technology = new Map(remarks.map(({ about, value }) => [about, value]));
  const isElement = (id: string) => !labels.has(id) || systems.has(bare(labels.get(id) ?? ""));
  const isIn = (id: string, frame: string): boolean =>
    id !== "" && (parents.get(id) === frame || isIn(parents.get(id) ?? "", frame));
  const kept = edges.filter(
    ({ from, to }) => isElement(from) && isElement(to) && !isIn(from, to) && !isIn(to, from),
  );
  const keys = kept.flatMap(({ from, to, label, startHead, endHead }) => {
    const words = shown(label.replaceAll("\\", "∖")).replace(/\s*\[[^[\]]{1,80}\]$/, "");
    const [isStart, isEnd] = [startHead !== "none", endHead !== "none"];
    return [...(isEnd || !isStart ? [[from, to, words]] : []), ...(isStart ? [[to, from, words]] : [])];
  });
  return {
    boxes: nodes.map(({ id, label, details, group: around }) =>
      box([label, ...details, technology.get(id) ?? ""], labels.get(around) ?? ""),
    ),
    frames: groups.map(({ label, parent }) => `${bare(label)} in ${bare(labels.get(parent) ?? "")}`),
    lines: new Set(kept.map(({ label }) => bare(label))),
    count: new Set(keys.map((key) => JSON.stringify(key))).size,
  };
}
