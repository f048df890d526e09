import {
  type CancellationToken,
  type DataTransfer,
  type Disposable,
  DocumentDropEdit,
  type DocumentDropEditProvider,
  DocumentDropOrPasteEditKind,
  DocumentPasteEdit,
  type DocumentPasteEditContext,
  type DocumentPasteEditProvider,
  DocumentPasteTriggerKind,
  languages,
  type Position,
  ProgressLocation,
  type Range,
  type TextDocument,
  type WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { WorkflowId } from "../../report.js";
import { pasteLanguages } from "../contributions.js";
import type { Log } from "../log.js";
import { inert, showError } from "../notify.js";
import type { LazyServices } from "../services.js";

const kind = DocumentDropOrPasteEditKind.Empty.append("screenshotWorkbench");

const offers: ReadonlyArray<[WorkflowId, string]> = [
  ["triage", "Paste as Filled Issue"],
  ["diagram", "Paste as Mermaid"],
  ["audit", "Paste as Audit Report"],
];

/** Every other way of pasting goes first: a question costs money and is never the silent default. */
const others = [
  DocumentDropOrPasteEditKind.Text,
  DocumentDropOrPasteEditKind.Empty.append("uri"),
  DocumentDropOrPasteEditKind.Empty.append("markdown"),
  DocumentDropOrPasteEditKind.Empty.append("chat"),
];

export interface PastedPicture {
  name: string;
  bytes: Uint8Array;
}

interface Offer {
  workflow: WorkflowId;
  picture: PastedPicture;
  document: TextDocument;
  position: Position;
}

class PasteOffer extends DocumentPasteEdit {
  constructor(
    title: string,
    readonly offer: Offer,
  ) {
    super("", title, kind.append(offer.workflow));
    this.yieldTo = others;
  }
}

class DropOffer extends DocumentDropEdit {
  constructor(
    title: string,
    readonly offer: Offer,
  ) {
    super("", title, kind.append(offer.workflow));
    this.yieldTo = others;
  }
}

/** Pictures pasted and dropped into documents: the three jobs are offered beside what VS Code itself does. */
class PasteAndDrop implements DocumentPasteEditProvider<PasteOffer>, DocumentDropEditProvider<DropOffer> {
  constructor(
    private readonly log: Log,
    private readonly services: LazyServices,
  ) {}

  async provideDocumentPasteEdits(
    document: TextDocument,
    ranges: readonly Range[],
    data: DataTransfer,
    { triggerKind }: DocumentPasteEditContext,
  ): Promise<PasteOffer[]> {
    const [range] = ranges;
    if (!range || !workspace.isTrusted) return [];
    // In Markdown, VS Code's own link to the picture is the default. Elsewhere we would be the only one.
    if (triggerKind === DocumentPasteTriggerKind.Automatic && document.languageId !== "markdown") return [];
    const picture = await pictureIn(data);
    if (!picture) return [];
    const position = range.start;
    return offers.map(
      ([workflow, title]) => new PasteOffer(title, { workflow, picture, document, position }),
    );
  }

  resolveDocumentPasteEdit(edit: PasteOffer, token: CancellationToken): Promise<PasteOffer> {
    return this.resolve(edit, token);
  }

  async provideDocumentDropEdits(
    document: TextDocument,
    position: Position,
    data: DataTransfer,
  ): Promise<DropOffer[]> {
    // VS Code itself drops a path where there is one; without, we would be the only one.
    if (!data.get("text/uri-list") || !workspace.isTrusted) return [];
    const picture = await pictureIn(data);
    if (!picture) return [];
    return offers.map(([workflow, title]) => new DropOffer(title, { workflow, picture, document, position }));
  }

  resolveDocumentDropEdit(edit: DropOffer, token: CancellationToken): Promise<DropOffer> {
    return this.resolve(edit, token);
  }

  /** Runs the job and writes its result into the edit; what goes wrong is said, and nothing is inserted. */
  private async resolve<
    Edit extends { insertText: unknown; additionalEdit?: WorkspaceEdit; offer: Offer; title?: string },
  >(edit: Edit, token: CancellationToken): Promise<Edit> {
    const { offer } = edit;
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      const { pastedText } = await import("./pastedText.js");
      const options = {
        location: ProgressLocation.Notification,
        cancellable: true,
        title: inert(edit.title ?? ""),
      };
      await window.withProgress(options, async (progress, cancelled) => {
        cancelled.onCancellationRequested(() => stop.abort());
        const say = (message: string) => progress.report({ message });
        const pasted = await pastedText(offer, await this.services(), stop.signal, say);
        edit.insertText = pasted.text;
        edit.additionalEdit = pasted.edit;
      });
    } catch (error) {
      void showError(error, this.log);
    }
    return edit;
  }
}

/** Read now: when an offer is taken, the clipboard's files are gone. */
async function pictureIn(data: DataTransfer): Promise<PastedPicture | undefined> {
  for (const [mime, item] of data) {
    const file = mime.startsWith("image/") ? item.asFile() : undefined;
    if (file) return { name: file.name, bytes: await file.data() };
  }
  return undefined;
}

export function registerPasteAndDrop(log: Log, services: LazyServices): Disposable[] {
  const selector = pasteLanguages.map((language) => ({ language }));
  const provider = new PasteAndDrop(log, services);
  const kinds = offers.map(([workflow]) => kind.append(workflow));
  return [
    languages.registerDocumentPasteEditProvider(selector, provider, {
      providedPasteEditKinds: kinds,
      pasteMimeTypes: ["image/*"],
    }),
    languages.registerDocumentDropEditProvider(selector, provider, {
      providedDropEditKinds: kinds,
      dropMimeTypes: ["image/*"],
    }),
  ];
}
