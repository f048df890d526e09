import { register } from "node:module";
import { pathToFileURL } from "node:url";

/** Prints how many milliseconds it takes to load and activate the extension, with a stand-in for `vscode`. */
const standIn = `
  const anything = () => new Proxy(function () {}, {
    get: (_, key) => key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : key === "subscriptions" ? [] : anything(),
    apply: () => anything(), construct: () => anything(),
  });
  const every = anything();
  ${"commands env extensions languages window workspace Uri FileType ProgressLocation ViewColumn ConfigurationTarget QuickPickItemKind Range WorkspaceEdit DocumentPasteTriggerKind TabInputCustom TabInputText RelativePattern EventEmitter lm McpStdioServerDefinition LanguageModelDataPart LanguageModelTextPart LanguageModelToolResult CodeAction CodeActionKind Position"
    .split(" ")
    .map((name) => `export const ${name} = every;`)
    .join("\n")}
  class Kind { constructor(value = "") { this.value = value; } append(...parts) { return new Kind([this.value, ...parts].join(".")); } }
  export const DocumentDropOrPasteEditKind = { Empty: new Kind(), Text: new Kind("text") };
  export class DocumentPasteEdit {}
  export class DocumentDropEdit {}
  export const stub = every;
`;
const hooks = `
  export const resolve = (name, context, next) =>
    name === "vscode" ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(standIn)}`)}, shortCircuit: true } : next(name, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const start = performance.now();
const extension = (await import(pathToFileURL("dist/extension.js").href)) as {
  activate(context: object): void;
};
extension.activate({
  subscriptions: [],
  extensionUri: {},
  globalStorageUri: {},
  secrets: {},
  asAbsolutePath: (path: string) => path,
});
console.log(performance.now() - start);
