import { basename } from "node:path";
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
  type Range,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { contributedWorkflows, pasteLanguages } from "../contributions.js";
import type { Log } from "../log.js";
import { showError } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import type { LazyServices } from "../services.js";

const kind = DocumentDropOrPasteEditKind.Empty.append("screenshotWorkbench");

/** The workflows that take a pasted picture, with what VS Code calls that. */
const offers = contributedWorkflows
  .flatMap(({ id, paste }) => (paste ? [{ workflow: id, ...paste }] : []))
  .sort((a, b) => a.order - b.order);

/** A plain link to the picture: what is pasted when nobody chooses, should VS Code's own not be there yet. */
const linkKind = kind.append("link");

const builtIn = [
  DocumentDropOrPasteEditKind.Text,
  DocumentDropOrPasteEditKind.Empty.append("uri"),
  DocumentDropOrPasteEditKind.Empty.append("markdown"),
  DocumentDropOrPasteEditKind.Empty.append("chat"),
];

/** Every other way of pasting goes first: a question costs money and is never the silent default. */
const others = [...builtIn, linkKind];

export interface PastedPicture {
  name: string;
  bytes: Uint8Array;
}

interface Offer {
  workflow: string;
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

/** Pictures pasted and dropped into documents: the three workflows are offered beside what VS Code itself does. */
export class PasteAndDrop implements DocumentPasteEditProvider, DocumentDropEditProvider<DropOffer> {
  constructor(
    private readonly log: Log,
    private readonly services: LazyServices,
  ) {}

  async provideDocumentPasteEdits(
    document: TextDocument,
    ranges: readonly Range[],
    data: DataTransfer,
    { triggerKind }: DocumentPasteEditContext,
  ): Promise<DocumentPasteEdit[]> {
    const [range] = ranges;
    if (!range || !workspace.isTrusted) return [];
    // In Markdown a link to the picture is the default. Elsewhere pasting a picture does nothing, as before.
    if (triggerKind === DocumentPasteTriggerKind.Automatic && document.languageId !== "markdown") return [];
    const picture = await pictureIn(data);
    if (!picture) return [];
    const position = range.start;
    const workflows = offers.map(
      ({ workflow, title }) => new PasteOffer(title, { workflow, picture, document, position }),
    );
    const link = await linkEdit(document, picture);
    // Without a default that costs nothing, one of the workflows would be it.
    if (!link) return triggerKind === DocumentPasteTriggerKind.Automatic ? [] : workflows;
    return [link, ...workflows];
  }

  async resolveDocumentPasteEdit(
    edit: DocumentPasteEdit,
    token: CancellationToken,
  ): Promise<DocumentPasteEdit> {
    return edit instanceof PasteOffer ? this.resolve(edit, token) : edit;
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
    return offers.map(
      ({ workflow, title }) => new DropOffer(title, { workflow, picture, document, position }),
    );
  }

  resolveDocumentDropEdit(edit: DropOffer, token: CancellationToken): Promise<DropOffer> {
    return this.resolve(edit, token);
  }

  /** Runs the workflow and writes its result into the edit; what goes wrong is said, and nothing is inserted. */
  private async resolve<
    Edit extends { insertText: unknown; additionalEdit?: WorkspaceEdit; offer: Offer; title?: string },
  >(edit: Edit, token: CancellationToken): Promise<Edit> {
    const { offer } = edit;
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      const { pastedText } = await import("./pastedText.js");
      const run = async (signal: AbortSignal, say: (words: string) => void) => {
        const pasted = await pastedText(offer, await this.services(), signal, say);
        edit.insertText = pasted.text;
        edit.additionalEdit = pasted.edit;
      };
      await withProgress(edit.title ?? "", run, stop);
    } catch (error) {
      void showError(error, this.log);
    }
    return edit;
  }
}

/** A link to the picture, saved where pictures go; undefined where there is no such place. */
async function linkEdit(
  document: TextDocument,
  { name, bytes }: PastedPicture,
): Promise<DocumentPasteEdit | undefined> {
  const { freePlace } = await import("./copyDestination.js");
  const { linkTo } = await import("../issue/issues.js");
  const folder = workspace.getWorkspaceFolder(document.uri);
  const file = folder && (await freePlace(document, name));
  if (!file) return undefined;
  const link = new DocumentPasteEdit(linkTo(file, document.uri, folder), "Paste Picture Link", linkKind);
  link.additionalEdit = new WorkspaceEdit();
  link.additionalEdit.createFile(file, { contents: bytes, ignoreIfExists: true });
  link.yieldTo = builtIn;
  return link;
}

/** Read now: when an offer is taken, the clipboard's files are gone. */
async function pictureIn(data: DataTransfer): Promise<PastedPicture | undefined> {
  for (const [mime, item] of data) {
    const file = mime.startsWith("image/") ? item.asFile() : undefined;
    if (file) return { name: basename(file.name), bytes: await file.data() };
  }
  return undefined;
}

export function registerPasteAndDrop(log: Log, services: LazyServices): Disposable[] {
  const selector = pasteLanguages.map((language) => ({ language }));
  const provider = new PasteAndDrop(log, services);
  const kinds = offers.map(({ workflow }) => kind.append(workflow));
  return [
    languages.registerDocumentPasteEditProvider(selector, provider, {
      providedPasteEditKinds: [linkKind, ...kinds],
      pasteMimeTypes: ["image/*"],
    }),
    languages.registerDocumentDropEditProvider(selector, provider, {
      providedDropEditKinds: kinds,
      dropMimeTypes: ["image/*"],
    }),
  ];
}
