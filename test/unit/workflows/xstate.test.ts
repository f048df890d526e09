import assert from "node:assert/strict";
import fc from "fast-check";
import { type AnyStateMachine, type AnyStateNode, createActor, createMachine, setup } from "xstate";
import { emitXState } from "../../../src/workflows/diagram/emit/code/xstate.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { door, edge, graph, group, node } from "../../support/diagrams.js";
import { graphsOf, letters, shown } from "../../support/graphs.js";

/** Runs a module of two statements: an import from XState, and the machine. */
function machineIn(text: string): AnyStateMachine {
  const [, body = ""] =
    /^import \{ \w+ \} from "xstate";\n\nexport const machine = ([\s\S]*);\n$/.exec(text) ?? [];
  return new Function("setup", "createMachine", `return ${body}`)(setup, createMachine);
}

const player = graph("state", "Player", {
  nodes: [
    node("dot", "", { shape: "start" }),
    node("off", "Off"),
    node("checking", "Checking", { group: "on" }),
    node("playing", "Playing", { group: "on", details: ["entry / spin up", "exit / stop"] }),
    node("idle", "Idle", { group: "on" }),
  ],
  groups: [group("on", "On")],
  edges: [
    edge("dot", "off"),
    edge("off", "on", "power"),
    edge("on", "off", "power"),
    edge("checking", "playing", "[has disc]"),
    edge("checking", "idle", "after 5 s"),
  ],
});

const regions = graph("state", "", {
  nodes: [node("a", "A", { group: "left" }), node("b", "B", { group: "right" })],
  groups: [group("working", "Working"), group("left", "Left", "working"), group("right", "Right", "working")],
  remarks: ["left", "right"].map((about) => ({ about, feature: "region" as const, value: "yes" })),
});

describe("XState, read back by itself", () => {
  it("writes a machine that runs as drawn", () => {
    const actor = createActor(
      machineIn(emitXState(door).text).provide({
        guards: { "nobody in the way": () => true },
        actions: { beep: () => undefined },
      }),
    );
    actor.start();
    const path = ["OPEN", "CLOSE", "LOCK", "BOLT"].map((type) => {
      actor.send({ type });
      return actor.getSnapshot().value;
    });
    assert.deepEqual(path, ["open", "closed", { shut: "locked" }, { shut: "bolted" }]);
    actor.stop();
  });

  it("is written as a careful person would (D13)", () => {
    assert.equal(
      emitXState(player).text,
      [
        'import { setup } from "xstate";',
        "",
        "export const machine = setup({",
        "  guards: {",
        '    "has disc": () => false,',
        "  },",
        "  actions: {",
        '    "spin up": () => {},',
        "    stop: () => {},",
        "  },",
        "}).createMachine({",
        '  id: "player",',
        '  description: "Player",',
        '  initial: "off",',
        "  states: {",
        "    off: {",
        '      on: { POWER: "on" },',
        "    },",
        "    on: {",
        '      on: { POWER: "off" },',
        '      initial: "checking",',
        "      states: {",
        "        checking: {",
        '          after: { 5000: "idle" },',
        '          always: { target: "playing", guard: "has disc" },',
        "        },",
        "        playing: {",
        '          entry: ["spin up"],',
        '          exit: ["stop"],',
        "        },",
        "        idle: {},",
        "      },",
        "    },",
        "  },",
        "});",
        "",
      ].join("\n"),
    );
  });

  it("leaves a composite state by the transition that ends at its frame (D3)", () => {
    const actor = createActor(machineIn(emitXState(player).text)).start();
    const path = ["POWER", "POWER", "POWER"].map((type) => {
      actor.send({ type });
      return actor.getSnapshot().value;
    });
    assert.deepEqual(path, [{ on: "checking" }, "off", { on: "checking" }]);
    actor.stop();
  });

  it("calls a state by its key beside it, with a dot inside of it, and by an id from afar", () => {
    const { text } = emitXState(
      graph("state", "", {
        nodes: [node("a", "Away"), node("b", "Busy", { group: "o" }), node("c", "", { group: "o" })],
        groups: [group("o", "Office")],
        edges: [
          edge("a", "b", "come"),
          edge("b", "c", "rest"),
          edge("o", "c", "lunch"),
          edge("o", "a", "go"),
        ],
      }),
    );
    assert.match(text, /COME: "#busy"/);
    assert.match(text, /REST: "mode"/);
    assert.match(text, /LUNCH: "\.mode"/);
    assert.match(text, /GO: "away"/);
    assert.deepEqual(text.match(/\bid: "\w+"/g), ['id: "machine"', 'id: "busy"']);
    assert.doesNotThrow(() => machineIn(text));
  });

  it("runs regions side by side", () => {
    const { text } = emitXState(regions);
    const actor = createActor(machineIn(text)).start();
    assert.deepEqual(actor.getSnapshot().value, { working: { left: "a", right: "b" } });
    actor.stop();
  });

  it("ends where the picture ends", () => {
    const actor = createActor(machineIn(emitXState(door).text)).start();
    actor.send({ type: "OPEN" });
    actor.send({ type: "REMOVE" });
    assert.equal(actor.getSnapshot().status, "done");
  });

  it("holds every state, transition and label of any graph", () => {
    fc.assert(
      fc.property(graphsOf("state"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitXState(graph);
        const machine = machineIn(text);
        const states = Object.values(machine.states).flatMap(within);
        const transitions = states.flatMap((state) => [
          ...[...state.transitions.values()].flat(),
          ...(state.always ?? []),
        ]);
        const left = graph.nodes.length + graph.groups.length - states.length;
        // What is left out are starting dots, each with its one line.
        assert.ok(left <= graph.nodes.filter(({ shape }) => shape === "start").length);
        assert.equal(transitions.length, graph.edges.length - left, text);
        const words = letters(text);
        // An event, its guard and its action stand each in its own place.
        const parts = graph.edges.flatMap(({ label }) => label.split(/[[\]/]/));
        for (const label of [...[...graph.nodes, ...graph.groups].map((one) => one.label), ...parts]) {
          const said = letters(JSON.stringify(shown(label)).slice(1, -1));
          assert.ok(words.includes(said), `${label}\n${text}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** A state and those inside it. */
const within = (state: AnyStateNode): AnyStateNode[] => [
  state,
  ...Object.values(state.states).flatMap(within),
];
