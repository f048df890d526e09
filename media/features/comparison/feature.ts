import { html } from "lit";
import { ComparisonView } from "../../../src/protocol/comparison.js";
import type { Actions } from "../../panel/main.js";
import type { FeatureView } from "../feature.js";
import { listView } from "./list.js";
import { type Looking, listenForKeys, type Shown, usualLooking } from "./looking.js";
import { stageView } from "./stage.js";

/** Two pictures, what changed between them, and what becomes of the new one. */
export function comparisonFeature(actions: Actions): (view: unknown) => FeatureView {
  /** How a person looks at it, which a new message from the host leaves as it is. */
  let looking: Looking = usualLooking;
  let shown: Shown | undefined;
  const look = (change: Partial<Looking>) => {
    looking = { ...looking, ...change };
    actions.redraw();
  };
  listenForKeys(() => shown, actions, look);
  return (view) => {
    const comparison = ComparisonView.parse(view);
    const now = () => ({ comparison, looking });
    return {
      stage: (state) => {
        shown = now();
        return stageView(shown, state, actions, look);
      },
      list: (state) => listView(now(), state, actions, look),
      buttons: () => buttonsView(comparison, actions),
      body: () => html``,
    };
  };
}

/** What becomes of the new picture. */
const buttonsView = ({ canAccept, canReject, done }: ComparisonView, { act }: Actions) => html`
  <vscode-button secondary @click=${() => act({ action: "copySummary" })}>Copy Summary</vscode-button>
  ${
    canAccept
      ? html`<vscode-button
        secondary
        title="The new picture replaces the old one on the disk"
        @click=${() => act({ action: "accept" })}
        >Accept</vscode-button
      >`
      : ""
  }
  ${
    canReject
      ? html`<vscode-button
        secondary
        title="The old picture replaces the new one on the disk"
        @click=${() => act({ action: "reject" })}
        >Reject</vscode-button
      >`
      : ""
  }
  ${
    done
      ? html`<span role="status">${done === "accepted" ? "Accepted: the new picture replaced the old one." : "Rejected: the old picture replaced the new one."}</span>
        <vscode-button secondary @click=${() => act({ action: "undo" })}>Undo</vscode-button>`
      : ""
  }`;
