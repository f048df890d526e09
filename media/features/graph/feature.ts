import { type GraphState, GraphView } from "../../../src/protocol/graph.js";
import type { Actions } from "../../panel/main.js";
import type { FeatureView } from "../feature.js";
import { markDrawing } from "./drawing.js";
import { Editing } from "./editing.js";
import { graphView } from "./graphView.js";
import { savingButtons } from "./saving.js";

/** A diagram: its drawing and its text, to be corrected, refined and saved. */
export function graphFeature(actions: Actions): (view: unknown) => FeatureView {
  const editing = new Editing({ ask: actions.ask, redraw: actions.redraw });
  return (view) => {
    const graph = GraphView.parse(view);
    editing.arrived(graph);
    return {
      buttons: () => savingButtons(graph, actions),
      body: (_, state) => graphView(graph, state, actions, editing),
      places: () => [
        ...graph.elements.flatMap(({ name, box, doubt }) =>
          box ? [{ name, box, isDoubtful: doubt !== undefined }] : [],
        ),
        ...graph.missing.flatMap(({ box }, index) =>
          box ? [{ name: `m${index + 1}`, box, isDoubtful: true }] : [],
        ),
        ...graph.unreadable.flatMap(({ box }, index) =>
          box ? [{ name: `u${index + 1}`, box, isDoubtful: true }] : [],
        ),
      ],
      kept: (): GraphState | undefined =>
        graph.edited ? { target: graph.target, text: graph.text } : undefined,
      drawn: (state) => markDrawing(graph, state),
    };
  };
}
