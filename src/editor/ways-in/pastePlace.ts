import type { Position, TextDocument, Uri, WorkspaceEdit } from "vscode";
import type { Document } from "../../report.js";
import { formatForLanguage } from "../../text/formatForLanguage.js";
import type { Services } from "../services.js";

/** Where a result is pasted. */
export interface PastePlace {
  document: TextDocument;
  position: Position;
  /** Where the picture is going to be saved; undefined where it is not. */
  file: Uri | undefined;
  /** What else is changed along with the text at the cursor. */
  edit: WorkspaceEdit;
  services: Services;
}

/** A text as it belongs into the document; as it is where the document's language cannot hold it. */
export const inDocument = (content: Document, { languageId }: TextDocument): string =>
  formatForLanguage(content, languageId) ?? content.text;
