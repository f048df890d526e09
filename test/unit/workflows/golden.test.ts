import assert from "node:assert/strict";
import { emitD2 } from "../../../src/workflows/diagram/emit/d2.js";
import { emitDot } from "../../../src/workflows/diagram/emit/dot.js";
import { earlierNames } from "../../../src/workflows/diagram/emit/earlierNames.js";
import { emitMermaid } from "../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { emitPlantUml } from "../../../src/workflows/diagram/emit/plantuml/plantuml.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import type { Remark } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, group, message, node } from "../../support/diagrams.js";

const lines = (text: string): string[] => text.trimEnd().split("\n");
const remark = (about: string, feature: Remark["feature"], value = "yes"): Remark => ({
  about,
  feature,
  value,
});

/** Boxes in frames, with lines that end at the frames, and colours that mean something. */
const shop = graph("flowchart", "", {
  nodes: [
    node("order", "Order received", { group: "sales", shape: "circle" }),
    node("check", "Check\nthe stock", { group: "sales" }),
    node("pack", "Pack (by hand); label", { group: "store" }),
    node("again", "Check the stock", { group: "store" }),
  ],
  groups: [group("sales", "Sales"), group("store", "Store")],
  edges: [
    edge("order", "check"),
    edge("sales", "store", "nightly"),
    edge("store", "check", "", { line: "dashed" }),
  ],
  remarks: [
    remark("order", "event", "message"),
    remark("pack", "colour", "light green"),
    remark("store", "direction", "down"),
  ],
});

const billing = graph("class", "", {
  direction: "down",
  nodes: [
    node("payable", "«interface»\nPayable", { details: ["+ pay(by: Date): bool"] }),
    node("order", "Order", {
      group: "sales",
      details: [
        "+ total: Money",
        "- items: List<Item>",
        "+ placeOrder(cart: Cart): Order",
        "+ count(): int {static}",
      ],
    }),
    node("repo", "Repository<T>", { details: ["+ find(id: string): T {abstract}"] }),
  ],
  groups: [group("sales", "Sales desk")],
  edges: [
    edge("order", "payable", "", { line: "dashed", endHead: "triangle" }),
    edge("repo", "order", "holds", { endHead: "arrow", endCount: "zeroOrMore" }),
  ],
});

const player = graph("state", "", {
  nodes: [
    node("dot", "", { shape: "start" }),
    node("off", "Off"),
    node("playing", "Playing", { group: "on" }),
    node("waiting", "Waiting for disc", { group: "on" }),
  ],
  groups: [group("on", "On")],
  edges: [
    edge("dot", "off"),
    edge("off", "on", "power"),
    edge("on", "off", "power"),
    edge("waiting", "playing", "disc [valid] / spin up"),
  ],
});

const login = graph("sequence", "", {
  nodes: [node("user", "User", { shape: "actor" }), node("app", "Web app"), node("job", "Job")],
  steps: [
    message("user", "app", "POST /authorize (e-mail; password)"),
    message("app", "job", "start"),
    { ...message("job", "", "runs"), kind: "note" },
    message("app", "user", "token", { line: "dashed" }),
  ],
  remarks: [
    remark("", "numbered"),
    remark("s1", "activate"),
    remark("s2", "create"),
    remark("s3", "side", "right"),
    remark("s4", "deactivate"),
  ],
});

describe("what a careful person would have written", () => {
  it("in Mermaid: frames, lines to frames and colours (C, D3, D8, D10, D19)", () => {
    const { text, warnings } = emitMermaid(shop);
    assert.deepEqual(lines(text), [
      "flowchart LR",
      '  subgraph sales["Sales"]',
      '    orderReceived(("✉<br/>Order received"))',
      '    checkTheStock["Check the stock"]',
      "  end",
      '  subgraph store["Store"]',
      "    direction TB",
      '    packByHandLabel["Pack (by hand); label"]',
      '    checkTheStock2["Check the stock"]',
      "  end",
      "  orderReceived --> checkTheStock",
      '  sales -->|"nightly"| store',
      "  store -.-> checkTheStock",
      "  classDef green fill:#b2f2bb,stroke:#2f9e44",
      "  class packByHandLabel green",
    ]);
    assert.deepEqual(warnings, []);
  });

  it("in Mermaid: classes in their compartments (D5, D9)", () => {
    const { text } = emitMermaid(billing);
    assert.deepEqual(lines(text), [
      "classDiagram",
      "  direction TB",
      "  namespace SalesDesk {",
      "    class Order {",
      "      +total: Money",
      "      -items: List~Item~",
      "      +placeOrder(cart: Cart) Order",
      "      +count() int$",
      "    }",
      "  }",
      "  class Payable {",
      "    <<interface>>",
      "    +pay(by: Date) bool",
      "  }",
      "  class Repository~T~ {",
      "    +find(id: string) T*",
      "  }",
      "  Order ..|> Payable",
      '  Repository --> "0..*" Order : holds',
    ]);
  });

  it("in PlantUML: classes in their compartments (D9)", () => {
    assert.deepEqual(lines(emitPlantUml(billing).text), [
      "@startuml",
      "hide empty members",
      "interface Payable {",
      "  +pay(by: Date): bool",
      "}",
      "class Repository<T> {",
      "  {abstract} +find(id: string): T",
      "}",
      'package "Sales desk" as SalesDesk {',
      "  class Order {",
      "    +total: Money",
      "    -items: List<Item>",
      "    +placeOrder(cart: Cart): Order",
      "    {static} +count(): int",
      "  }",
      "}",
      "Order ..|> Payable",
      'Repository --> "0..*" Order : holds',
      "@enduml",
    ]);
  });

  it("in Mermaid: a composite state with transitions to and from its frame (D3)", () => {
    assert.deepEqual(lines(emitMermaid(player).text), [
      "stateDiagram-v2",
      "  direction LR",
      "  state On {",
      "    Playing",
      '    state "Waiting for disc" as WaitingForDisc',
      "    WaitingForDisc --> Playing : disc [valid] / spin up",
      "  }",
      "  [*] --> Off",
      "  Off --> On : power",
      "  On --> Off : power",
    ]);
  });

  it("in Mermaid: a sequence with bars, creation and numbers (C, D8)", () => {
    const { text, warnings } = emitMermaid(login);
    assert.deepEqual(lines(text), [
      "sequenceDiagram",
      "  autonumber",
      "  actor User",
      "  participant WebApp as Web app",
      "  User->>+WebApp: POST /authorize (e-mail#59; password)",
      "  create participant Job",
      "  WebApp->>Job: start",
      "  Note right of Job: runs",
      "  WebApp-->>-User: token",
    ]);
    assert.deepEqual(warnings, []);
  });

  it("in DOT: defaults once, and lines between clusters (D3, D15)", () => {
    assert.deepEqual(lines(emitDot(shop).text).slice(-6), [
      '    checkTheStock2 [label="Check the stock"];',
      "  }",
      "  orderReceived -> checkTheStock;",
      '  orderReceived -> packByHandLabel [label="nightly", ltail=cluster_sales, lhead=cluster_store];',
      "  packByHandLabel -> checkTheStock [style=dashed, ltail=cluster_store];",
      "}",
    ]);
  });

  it("in D2: no default is written, and classes are classes (D3, D15)", () => {
    assert.deepEqual(lines(emitD2(player).text).slice(-4), [
      "begin -> off",
      "off -> on: power",
      "on -> off: power",
      'on.waitingForDisc -> on.playing: "disc [valid] / spin up"',
    ]);
    assert.deepEqual(lines(emitD2(billing).text).slice(0, 5), [
      'payable: "«interface»\\nPayable" {',
      "  shape: class",
      '  "+pay(by: Date)": bool',
      "}",
      'repository: "Repository<T>" {',
    ]);
  });
});

describe("a graph's remarks", () => {
  it("are about what is there, with values that are known, and follow their steps and edges", () => {
    const { graph: valid, repairs } = validGraph({
      ...login,
      steps: [message("ghost", "", "lost"), ...login.steps],
      remarks: [
        remark("s2", "activate"),
        remark("s1", "activate"),
        remark("user", "ring", "wooden"),
        remark("x", "colour", "red"),
      ],
    });
    assert.deepEqual(valid.remarks, [remark("s1", "activate")]);
    assert.equal(repairs.filter((said) => said.startsWith("The remark")).length, 3);
  });

  it("that a language cannot hold are said", () => {
    const { warnings } = emitMermaid({ ...player, remarks: [remark("off", "event", "timer")] });
    assert.deepEqual(warnings, ["A state diagram in Mermaid has no place for kinds of events: 1 left out."]);
  });
});

describe("the names in a text", () => {
  it("are those of the text before, where they still can be (U4)", () => {
    const { text } = emitMermaid(shop, {
      earlierNames: new Map([
        ["check", "stockCheck"],
        ["pack", "end"],
      ]),
    });
    assert.match(text, /stockCheck\["Check the stock"\]/);
    assert.match(text, /packByHandLabel\[/);
    assert.match(text, /checkTheStock\["Check the stock"\]/);
  });

  it("are found in a text that was edited by hand, in every language that has them (D10)", () => {
    const texts = {
      mermaid:
        'flowchart LR\n  subgraph S["Sales"]\n    A(("Order<br/>recieved")) --> B["Check the stock"]\n  end',
      plantuml:
        '@startuml\nrectangle "Sales" as S {\n  circle "Order\\nrecieved" as A\n}\n"Check the stock" as B\n@enduml',
      dot: 'digraph {\n  A [label="Order recieved", shape=circle];\n  B [label="Check the stock"]; S [label="Sales"];\n  A -> B [label="Pack by hand"];\n}',
      d2: "S: Sales {\n  A: Order recieved { shape: circle }\n  B: Check the stock\n}\nA -> B: Pack by hand",
    };
    for (const [language, text] of Object.entries(texts)) {
      const names = earlierNames(text.split("\n"), shop);
      assert.deepEqual(
        [names.get("order"), names.get("check"), names.get("sales")],
        ["A", "B", "S"],
        language,
      );
      assert.equal(names.get("pack"), undefined, language);
    }
    const sequence =
      "sequenceDiagram\n  actor U as User\n  participant Web app\n  create participant J as Job\n  U->>J: Job";
    assert.deepEqual(
      [...earlierNames(sequence.split("\n"), login)],
      [
        ["user", "U"],
        ["job", "J"],
      ],
    );
    const classes = 'classDiagram\n  class Orders {\n    +total: Money\n  }\n  class Store["Repository<T>"]';
    assert.equal(earlierNames(classes.split("\n"), billing).get("order"), "Orders");
    assert.equal(earlierNames(classes.split("\n"), billing).get("repo"), "Store");
  });

  it("are none that stand for notes", () => {
    const noted = graph("flowchart", "", {
      nodes: [node("a", "Note 1")],
      notes: [{ text: "x", about: "a" }],
    });
    const { text } = emitMermaid(noted);
    assert.match(text, /note1_\["Note 1"\]\n {2}note1>"x"\]\n {2}note1 -\.- note1_/);
  });
});
