import assert from "node:assert/strict";
import fc from "fast-check";
import { type AnyStateNode, createActor, createMachine } from "xstate";
import { emitXState } from "../../../src/workflows/diagram/emit/code/xstate.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { door } from "../../support/diagrams.js";
import { graphsOf, letters, shown } from "../../support/graphs.js";

/** The configuration is a literal in a module of two statements. */
function machineIn(text: string) {
  const [, config = ""] =
    /^import \{ createMachine \} from "xstate";\n\nexport const machine = createMachine\(([\s\S]*)\);\n$/.exec(
      text,
    ) ?? [];
  return createMachine(JSON.parse(config));
}

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
        const transitions = states.flatMap((state) => [...state.transitions.values()].flat());
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
