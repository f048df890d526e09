import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What our editor uses of VS Code, in memory: unit tests of src/editor are built with this module in the place of
 * `vscode`. A test says what the person answers, and looks at what was shown.
 */
export const standIn = {
  /** What the person chooses or types, one for each question; a question without an answer is dismissed. */
  answers: [] as unknown[],
  /** Everything that was said or asked, in order. */
  said: [] as string[],
  /** Every command that was executed, with its arguments. */
  executed: [] as unknown[][],
  /** By the full key, such as "screenshotWorkbench.model". */
  settings: new Map<string, unknown>(),
  panels: [] as WebviewPanel[],
  watchers: [] as FileSystemWatcher[],
  /** Every document that was shown, and every edit that was made, in order. */
  shown: [] as TextDocument[],
  applied: [] as WorkspaceEdit[],
  /** The Problems panel: messages by the file. */
  diagnostics: new Map<string, string[]>(),
  progress: [] as Array<{ cancel(): void }>,
  /** What offers to paste, and to drop. */
  pasting: [] as Offering[],
  dropping: [] as Offering[],
  reset(): void {
    const { answers, said, executed, panels, watchers, progress, pasting, dropping, shown, applied } = this;
    const lists = [answers, said, executed, panels, watchers, progress, pasting, dropping, shown, applied];
    for (const list of lists) list.length = 0;
    this.settings.clear();
    this.diagnostics.clear();
    clipboard = "";
    window.activeTextEditor = undefined;
    window.visibleTextEditors = [];
    workspace.isTrusted = true;
    workspace.workspaceFolders = undefined;
    workspace.textDocuments = [];
  },
};

interface Offering {
  provider: unknown;
  metadata: unknown;
}

type Listener<T> = (event: T) => unknown;

export class Disposable {
  constructor(private readonly end: () => unknown) {}
  dispose(): void {
    this.end();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

interface UriParts {
  scheme: string;
  authority: string;
  path: string;
  query: string;
  fragment: string;
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}
  static from({ scheme, authority = "", path = "", query = "", fragment = "" }: Partial<UriParts>): Uri {
    return new Uri(scheme ?? "file", authority, path, query, fragment);
  }
  static file = (path: string): Uri => Uri.from({ scheme: "file", path });
  static parse(text: string): Uri {
    const { protocol, host, pathname, search, hash } = new URL(text);
    const plain = (part: string) => decodeURIComponent(part.slice(1));
    return new Uri(protocol.slice(0, -1), host, decodeURIComponent(pathname), plain(search), plain(hash));
  }
  static joinPath = (uri: Uri, ...parts: string[]): Uri => uri.with({ path: posix.join(uri.path, ...parts) });
  with(change: Partial<UriParts>): Uri {
    return Uri.from({ ...this, ...change });
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    const path = this.path.split("/").map(encodeURIComponent).join("/");
    return `${this.scheme}://${this.authority}${path}${this.query ? `?${this.query}` : ""}${this.fragment ? `#${encodeURIComponent(this.fragment)}` : ""}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
  get isEmpty(): boolean {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }
}

/** A file as a document, of the language that its ending says. */
class TextDocument {
  readonly isUntitled = false;
  private readonly rows: string[];
  constructor(
    readonly uri: Uri,
    text: string,
  ) {
    this.rows = text.split("\n");
  }
  get languageId(): string {
    return this.uri.path.endsWith(".md") ? "markdown" : "plaintext";
  }
  get lineCount(): number {
    return this.rows.length;
  }
  getText(): string {
    return this.rows.join("\n");
  }
  lineAt = (line: number) => ({ text: this.rows[line] ?? "" });
  validateRange = (range: Range): Range => range;
}

/** What is pasted or dropped, by its MIME type. */
export class DataTransfer extends Map<string, DataTransferItem> {}

export class DataTransferItem {
  constructor(private readonly file: unknown) {}
  asFile(): unknown {
    return this.file;
  }
}

export class CancellationTokenSource {
  private readonly cancelled = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.cancelled.event };
  cancel(): void {
    this.cancelled.fire();
  }
}

/** A panel whose page is the test: it receives what the host posts, and sends what a person does. */
export class WebviewPanel {
  readonly posted: unknown[] = [];
  iconPath: unknown;
  visible = true;
  viewColumn = 1;
  isDisposed = false;
  private readonly received = new EventEmitter<unknown>();
  private readonly disposed = new EventEmitter<void>();
  private readonly page = {
    options: {},
    html: "",
    cspSource: "csp",
    onDidReceiveMessage: this.received.event,
    asWebviewUri: (uri: Uri) => uri,
    postMessage: async (message: unknown) => {
      // As VS Code sends it: what is undefined does not arrive.
      this.posted.push(JSON.parse(JSON.stringify(message)));
      return true;
    },
  };
  constructor(
    readonly viewType: string,
    public title: string,
  ) {}
  readonly onDidDispose = this.disposed.event;
  readonly viewStateChanged = new EventEmitter<unknown>();
  readonly onDidChangeViewState = this.viewStateChanged.event;
  /** As VS Code's own: it throws once the panel is closed. */
  get webview() {
    if (this.isDisposed) throw new Error("Webview is disposed");
    return this.page;
  }
  reveal(): void {}
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.disposed.fire();
  }
  /** The page sends a message. */
  send(message: unknown): void {
    this.received.fire(message);
  }
}

export class FileSystemWatcher {
  readonly created = new EventEmitter<Uri>();
  readonly changed = new EventEmitter<Uri>();
  readonly deleted = new EventEmitter<Uri>();
  readonly onDidCreate = this.created.event;
  readonly onDidChange = this.changed.event;
  readonly onDidDelete = this.deleted.event;
  dispose(): void {}
}

async function question(words: string): Promise<unknown> {
  standIn.said.push(words);
  return standIn.answers.shift();
}

/** A dialog's button, or a list's entry by its label; of a list that takes several, those with these labels. */
async function choice(words: string, options: unknown): Promise<unknown> {
  const wanted = await question(words);
  const all: unknown[] = Array.isArray(await options) ? ((await options) as unknown[]) : [];
  const entry = (label: unknown) =>
    all.find((one) => one === label || (one instanceof Object && "label" in one && one.label === label));
  if (Array.isArray(wanted)) return wanted.map(entry);
  return typeof wanted === "string" ? entry(wanted) : wanted;
}

const dialog = (message: string, ...more: unknown[]) =>
  choice(
    message,
    more.filter((one) => typeof one === "string"),
  );

interface Editor {
  document: unknown;
  viewColumn?: number;
  selection?: unknown;
  edit?: unknown;
}

const editorChanged = new EventEmitter<Editor | undefined>();

export const window = {
  activeTextEditor: undefined as Editor | undefined,
  visibleTextEditors: [] as Editor[],
  onDidChangeActiveTextEditor: editorChanged.event,
  /** The person goes to another editor. */
  activate(editor: Editor | undefined): void {
    window.activeTextEditor = editor;
    editorChanged.fire(editor);
  },
  showErrorMessage: dialog,
  showWarningMessage: dialog,
  showInformationMessage: dialog,
  showInputBox: ({ title }: { title: string }) => question(title),
  showQuickPick: (items: unknown, { title }: { title: string }) => choice(title, items),
  showSaveDialog: () => question("save"),
  showOpenDialog: () => question("open"),
  showTextDocument: async (document: unknown) => {
    if (document instanceof TextDocument) standIn.shown.push(document);
    return window.activeTextEditor?.document === document ? window.activeTextEditor : { document };
  },
  tabGroups: { all: [], close: async () => true, activeTabGroup: { activeTab: undefined } },
  setStatusBarMessage: (words: string) => standIn.said.push(words),
  createOutputChannel: () => ({ info() {}, warn() {}, error() {}, show() {}, dispose() {} }),
  createStatusBarItem: () => ({ show() {}, hide() {}, dispose() {} }),
  createWebviewPanel(viewType: string, title: string): WebviewPanel {
    const panel = new WebviewPanel(viewType, title);
    standIn.panels.push(panel);
    return panel;
  },
  withProgress: <T>(
    _: unknown,
    action: (progress: { report(): void }, token: { onCancellationRequested(stop: () => void): void }) => T,
  ): T => {
    let stop = () => {};
    standIn.progress.push({ cancel: () => stop() });
    return action(
      { report() {} },
      {
        onCancellationRequested: (listener) => {
          stop = listener;
        },
      },
    );
  },
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined as Array<{ uri: Uri; name: string }> | undefined,
  textDocuments: [] as unknown[],
  getWorkspaceFolder: (uri: Uri) =>
    workspace.workspaceFolders?.find((folder) => uri.path.startsWith(folder.uri.path)),
  asRelativePath: (uri: Uri) => {
    const folder = workspace.getWorkspaceFolder(uri);
    return folder ? posix.relative(folder.uri.path, uri.path) : uri.path;
  },
  findFiles: async (): Promise<Uri[]> => [],
  /** A file, a new document that has a name (empty), or one that has none. */
  openTextDocument: async (wanted: Uri | { content: string }) => {
    if (!(wanted instanceof Uri))
      return new TextDocument(Uri.from({ scheme: "untitled", path: "Untitled-1" }), wanted.content);
    const isNew = wanted.scheme === "untitled";
    const text = isNew ? "" : new TextDecoder().decode(await workspace.fs.readFile(wanted));
    return new TextDocument(wanted, text);
  },
  applyEdit: async (edit: WorkspaceEdit) => {
    standIn.applied.push(edit);
    return true;
  },
  registerTextDocumentContentProvider: () => new Disposable(() => undefined),
  onDidChangeConfiguration: new EventEmitter<{ affectsConfiguration(key: string): boolean }>().event,
  getConfiguration: (section: string) => ({
    get: (key: string) => standIn.settings.get(`${section}.${key}`),
    inspect: (key: string) => ({ globalValue: standIn.settings.get(`${section}.${key}`) }),
    update: async (key: string, value: unknown) => {
      standIn.settings.set(`${section}.${key}`, value);
    },
  }),
  createFileSystemWatcher: () => {
    const watcher = new FileSystemWatcher();
    standIn.watchers.push(watcher);
    return watcher;
  },
  fs: {
    stat: async (uri: Uri) => {
      const found = await stat(fileURLToPath(uri.toString()));
      const type = found.isFile() ? FileType.File : FileType.Directory;
      return { type, size: found.size, mtime: found.mtimeMs };
    },
    readFile: async (uri: Uri) => new Uint8Array(await readFile(fileURLToPath(uri.toString()))),
    writeFile: (uri: Uri, bytes: Uint8Array) => writeFile(fileURLToPath(uri.toString()), bytes),
    createDirectory: async (uri: Uri) => {
      await mkdir(fileURLToPath(uri.toString()), { recursive: true });
    },
    isWritableFileSystem: (scheme: string) => scheme === "file",
  },
};

const registered = new Map<string, (...args: unknown[]) => unknown>();

export const commands = {
  registerCommand: (id: string, handler: (...args: unknown[]) => unknown): Disposable => {
    registered.set(id, handler);
    return new Disposable(() => registered.delete(id));
  },
  executeCommand: async (id: string, ...args: unknown[]) => {
    standIn.executed.push([id, ...args]);
    return registered.get(id)?.(...args);
  },
};

let clipboard = "";

export const env = {
  clipboard: {
    writeText: async (text: string) => {
      clipboard = text;
    },
    readText: async () => clipboard,
  },
};

export const languages = {
  match: ({ pattern }: { pattern: string }, { uri }: { uri: Uri }) =>
    posix.matchesGlob?.(uri.path, pattern) ? 10 : 0,
  registerDocumentPasteEditProvider: (_: unknown, provider: unknown, metadata: unknown) => {
    standIn.pasting.push({ provider, metadata });
    return new Disposable(() => undefined);
  },
  registerDocumentDropEditProvider: (_: unknown, provider: unknown, metadata: unknown) => {
    standIn.dropping.push({ provider, metadata });
    return new Disposable(() => undefined);
  },
  getLanguages: async () => ["markdown", "plaintext"],
  createDiagnosticCollection: () => ({
    set: (uri: Uri, all: Diagnostic[]) =>
      standIn.diagnostics.set(
        uri.toString(),
        all.map(({ message }) => message),
      ),
    delete: (uri: Uri) => standIn.diagnostics.delete(uri.toString()),
    dispose() {},
  }),
};

export const extensions = { getExtension: () => undefined };

export class Diagnostic {
  source: unknown;
  code: unknown;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class RelativePattern {
  constructor(
    readonly base: unknown,
    readonly pattern: string,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  constructor(readonly label: string) {}
}

export class TabInputText {}
export class TabInputCustom {}
export class TabInputTextDiff {}

class Kind {
  constructor(readonly value: string) {}
  append = (part: string): Kind => new Kind(this.value ? `${this.value}.${part}` : part);
}

export const DocumentDropOrPasteEditKind = { Empty: new Kind(""), Text: new Kind("text") };
export const DocumentPasteTriggerKind = { Automatic: 0, PasteAs: 1 };

export class DocumentPasteEdit {
  yieldTo: unknown;
  additionalEdit: unknown;
  constructor(
    public insertText: string,
    readonly title: string,
    readonly kind: Kind,
  ) {}
}

export class DocumentDropEdit extends DocumentPasteEdit {}

/** What is changed in files, in words. */

export class WorkspaceEdit {
  readonly edits: string[] = [];
  createFile(uri: Uri): void {
    this.edits.push(`create ${uri.path}`);
  }
  insert({ path }: Uri, { line }: Position, text: string): void {
    this.edits.push(`${path} at line ${line}: ${text}`);
  }
  replace(_: Uri, { start, end }: Range, text: string): void {
    this.edits.push(`lines ${start.line} to ${end.line}: ${text}`);
  }
  delete(uri: Uri, range: Range): void {
    this.replace(uri, range, "");
  }
  get size(): number {
    return this.edits.length;
  }
}

export const FileType = { File: 1, Directory: 2 };
export const ViewColumn = { Active: -1, Beside: -2 };
export const ProgressLocation = { Window: 10, Notification: 15 };
export const ConfigurationTarget = { Global: 1 };
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };

export const DiagnosticSeverity = { Warning: 1, Information: 2 };
export const QuickPickItemKind = { Separator: -1 };
export const StatusBarAlignment = { Right: 2 };
export const TreeItemCollapsibleState = { Expanded: 2 };
