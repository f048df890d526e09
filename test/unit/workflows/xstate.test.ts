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
        '      id: "off",',
        "      on: {",
        '        POWER: { target: "#on" },',
        "      },",
        "    },",
        "    on: {",
        '      id: "on",',
        "      on: {",
        '        POWER: { target: "#off" },',
        "      },",
        '      initial: "checking",',
        "      states: {",
        "        checking: {",
        '          id: "checking",',
        "          after: {",
        '            5000: { target: "#idle" },',
        "          },",
        "          always: {",
        '            target: "#playing",',
        '            guard: "has disc",',
        '            description: "[has disc]",',
        "          },",
        "        },",
        "        playing: {",
        '          id: "playing",',
        '          entry: ["spin up"],',
        '          exit: ["stop"],',
        "        },",
        '        idle: { id: "idle" },',
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
        for (const { label } of [...graph.nodes, ...graph.groups, ...graph.edges])
          assert.ok(words.includes(letters(JSON.stringify(shown(label)).slice(1, -1))), `${label}\n${text}`);
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
