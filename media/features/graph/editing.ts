import type { Settled } from "../../../src/protocol/channel.js";
import type { GraphAction, GraphView } from "../../../src/protocol/graph.js";

/** What typing needs of the page. */
interface Page {
  ask(action: GraphAction): Promise<Settled>;
  redraw(): void;
}

/** What a person is typing into the diagram's text and the refinement, until the host has taken it over. */
export class Editing {
  /** The diagram's text as typed; undefined once the host has it. */
  draft: string | undefined;
  /** What is to be refined. */
  sentence = "";
  /** The text that the host is looking at. */
  private sent: string | undefined;
  private wasRefining = false;

  constructor(private readonly page: Page) {}

  /** Shows the text as it is typed and sends it; while the host looks at one, the latest waits. */
  type(text: string): void {
    this.draft = text;
    this.page.redraw();
    if (this.sent === undefined) this.send(text);
  }

  discardDraft(): void {
    this.draft = undefined;
  }

  /** The host has sent the diagram anew. */
  arrived({ text, refining, changes }: GraphView): void {
    // What was asked for is done: the field is free for the next sentence.
    if (this.wasRefining && !refining && changes) this.sentence = "";
    this.wasRefining = refining;
    if (this.sent === text) this.settled(text);
  }

  private send(text: string): void {
    this.sent = text;
    // However that ends: a text that got lost must not keep the next from being sent.
    void this.page.ask({ action: "edit", text }).then(() => this.settled(text));
  }

  private settled(text: string): void {
    if (this.sent !== text) return;
    this.sent = undefined;
    if (this.draft === text) this.draft = undefined;
    else if (this.draft !== undefined) this.send(this.draft);
  }
}
