import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Disposable,
  languages,
  type Range,
  type TextDocument,
} from "vscode";
import { readerForFence } from "../../workflows/diagram/read/readers.js";
import { commandId } from "../contributions.js";
import { type EditorCommand, editorCommands } from "../manifest/commands.js";
import type { Handler } from "../registerCommands.js";
import type { LazyServices } from "../services.js";
import { requireTrust } from "../trust.js";
import { fenceAt } from "./fences.js";

/** The command that converts a diagram. */
export function convertHandlers(services: LazyServices) {
  return {
    convertDiagram: async (clicked: unknown) => {
      requireTrust();
      const { convertDiagram } = await import("./convertDiagram.js");
      await convertDiagram(clicked, await services());
    },
  } satisfies Partial<Record<EditorCommand, Handler>>;
}

/** Offers it at a fenced block of Markdown, where the editor shows its light bulb. */
export function registerConvert(): Disposable[] {
  return [
    languages.registerCodeActionsProvider({ language: "markdown" }, atFences, {
      providedCodeActionKinds: [CodeActionKind.RefactorRewrite],
    }),
  ];
}

const atFences: CodeActionProvider = {
  provideCodeActions: (document: TextDocument, range: Range) => {
    const fence = fenceAt(document.getText().split(/\r?\n/), range.start.line);
    if (!fence || !readerForFence(fence.info)) return [];
    const { title } = editorCommands.convertDiagram;
    const action = new CodeAction(title, CodeActionKind.RefactorRewrite);
    action.command = { command: commandId("convertDiagram"), title };
    return [action];
  },
};
