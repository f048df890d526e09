import { type TextEditor, window } from "vscode";

/** The editor that text goes into: the panel takes the focus, so the last active one is remembered. */
export class InsertionTarget {
  private last = window.activeTextEditor;
  private readonly listener = window.onDidChangeActiveTextEditor((editor) => {
    if (editor) this.last = editor;
  });

  /** The editor, while it is still on the screen. */
  get editor(): TextEditor | undefined {
    return window.visibleTextEditors.find(
      (editor) => editor === this.last || editor.document === this.last?.document,
    );
  }

  dispose(): void {
    this.listener.dispose();
  }
}
