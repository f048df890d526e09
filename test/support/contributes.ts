import { existsSync, readdirSync } from "node:fs";
import {
  agentToolId,
  historyView,
  mcpProvider,
  panelType,
  pasteLanguages,
  section,
  tableType,
} from "../../src/editor/contributions.js";
import { type AgentToolName, agentTools } from "../../src/editor/manifest/agentTools.js";
import {
  type CommandEntry,
  type EditorCommand,
  editorCommands,
  historyMenus,
} from "../../src/editor/manifest/commands.js";
import { editorSettings } from "../../src/editor/manifest/settings.js";
import { documentExtensions, pictureExtensions } from "../../src/image/format.js";
import { efforts } from "../../src/providers/effort.js";
import { readerEndings } from "../../src/workflows/diagram/read/readers.js";
import { workflows } from "../../src/workflows/index.js";
import type { MenuPlace } from "../../src/workflows/presentation.js";
import type { Workflow } from "../../src/workflows/workflow.js";

const menu = `${section}.workflows`;
const registered: readonly Workflow[] = Object.values(workflows);
const commandsOf = (own: readonly Workflow[]) => own.flatMap(({ presentation }) => presentation.commands);
const commandNames = Object.keys(editorCommands) as EditorCommand[];
const id = (name: string) => `${section}.${name}`;

const toolNames = Object.keys(agentTools) as AgentToolName[];

/** What agents are taught: each skill is a folder, each prompt a file. */
const skills = readdirSync("skills")
  .filter((name) => existsSync(`skills/${name}/SKILL.md`))
  .sort()
  .map((name) => `./skills/${name}/SKILL.md`);
const prompts = readdirSync("prompts")
  .sort()
  .map((name) => `./prompts/${name}`);

function toolEntry(name: AgentToolName): object {
  const { title, reference, description, purpose, icon, properties } = agentTools[name];
  return {
    name: agentToolId(name),
    displayName: title,
    toolReferenceName: reference,
    canBeReferencedInPrompt: true,
    modelDescription: description,
    userDescription: purpose,
    icon,
    inputSchema: { type: "object", properties },
    when: "isWorkspaceTrusted",
  };
}

/** What package.json contributes, from the registry of workflows and the editor's own lists. */
export function contributes(own = registered) {
  return {
    commands: [
      ...commandsOf(own).map(({ name, title }) => entryOf(name, { title, ...trusted })),
      ...editorOwn(),
    ],
    submenus: [
      {
        id: menu,
        label: "Screenshot",
        icon: { light: "media/icons/menu-light.svg", dark: "media/icons/menu-dark.svg" },
      },
    ],
    menus: menus(own),
    keybindings: keybindings(),
    configuration: { title: "Screenshot Workbench", properties: settings(own) },
    walkthroughs: [walkthrough(own)],
    mcpServerDefinitionProviders: [{ id: mcpProvider, label: "Screenshot Workbench" }],
    languageModelTools: toolNames.map(toolEntry),
    chatSkills: skills.map((path) => ({ path })),
    chatPromptFiles: prompts.map((path) => ({ path })),
    viewsContainers: {
      activitybar: [{ id: section, title: "Screenshot", icon: "media/icons/activity.svg" }],
    },
    views: {
      [section]: [
        {
          id: historyView,
          name: "History",
          icon: "media/icons/activity.svg",
          contextualTitle: "Screenshot",
        },
      ],
    },
    viewsWelcome: [
      {
        view: historyView,
        contents: lines(
          "What you run on pictures is listed here, and opened again without a new question.",
          ...own.flatMap(firstStepLink),
          "Right-click a picture or a folder in the explorer for more.",
        ),
      },
    ],
  };
}

/** What the extension has to know of the workflows before it loads any. */
export const workflowsForActivation = (own = registered): object[] =>
  own.map(({ id: workflow, presentation: { commands, paste } }) => ({
    id: workflow,
    commands: commands.map(({ name }) => name),
    ...(paste ? { paste } : {}),
  }));

export const activationEvents = (): string[] => [
  // Batches that were submitted are looked after, whatever is opened.
  "onStartupFinished",
  `onWebviewPanel:${panelType}`,
  `onWebviewPanel:${tableType}`,
  ...pasteLanguages.map((language) => `onLanguage:${language}`),
];

/** The walkthrough's page that lists the workflows. */
export function workflowsPage(own = registered): string {
  const offline = own.filter((workflow) => workflow.offline).map(({ title }) => `**${title}**`);
  return `${lines(
    "## Workflows",
    "",
    ...own.map(
      ({ title, presentation: { purpose } }) => `- **${title}** for ${purpose.input}: ${purpose.output}`,
    ),
    "",
    `Without a key, ${listed(offline, "and")} tell what is measured and read on your machine.`,
    "",
    "JPEG, PNG, GIF, WebP, AVIF, TIFF, SVG, BMP and HEIC are read.",
  )}\n`;
}

const trusted = { enablement: "isWorkspaceTrusted" };
const lines = (...all: string[]): string => all.join("\n");
const listed = (words: readonly string[], last: "and" | "or"): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

const entryOf = (name: string, { title, enablement, icon }: CommandEntry): object => ({
  command: id(name),
  title,
  category: "Screenshot",
  ...(enablement ? { enablement } : {}),
  ...(icon ? { icon } : {}),
});

const editorOwn = (): object[] => commandNames.map((name) => entryOf(name, editorCommands[name]));

/** The keys of commands, where they do something. */
const keybindings = (): object[] =>
  commandNames.flatMap((name) => {
    const { key, enablement }: CommandEntry = editorCommands[name];
    if (key === undefined) return [];
    const mac = key.includes("ctrl") ? { mac: key.replace("ctrl", "cmd") } : {};
    return [{ command: id(name), key, ...mac, ...(enablement ? { when: enablement } : {}) }];
  });

function menus(own: readonly Workflow[]) {
  const endings = [...pictureExtensions, ...documentExtensions].join("|");
  const onPicture = `resourceExtname =~ /^\\.(${endings})$/i`;
  const submenu = (when: string, group: string) => [
    { submenu: menu, when: `isWorkspaceTrusted && ${when}`, group },
  ];
  const onDiagram = `resourceExtname =~ /^\\.(${readerEndings.join("|")})$/i`;
  const convert = (when: string, group: string) => [
    { command: id("convertDiagram"), when: `isWorkspaceTrusted && ${when}`, group },
  ];
  const byGroup = commandsOf(own)
    .map(({ name, menu: { group, order } }) => ({ command: id(name), group: `${group}@${order}` }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
  const inHistory = Object.entries(historyMenus).map(([place, entries]) => [
    place,
    entries.map(({ command, on, group }) => ({
      command: id(command),
      when: [`view == ${historyView}`, ...(on ? [on] : [])].join(" && "),
      group,
    })),
  ]);
  const also = (place: MenuPlace, on: string, group: string) =>
    commandsOf(own)
      .filter(({ alsoOn = [] }) => alsoOn.includes(place))
      .map(({ name }) => ({ command: id(name), when: `isWorkspaceTrusted && ${on}`, group }));
  const onPictureOrFolder = `(explorerResourceIsFolder || ${onPicture})`;
  const inDiff = `(isInDiffEditor || textCompareEditorActive || sideBySideEditorActive || activeEditor == 'workbench.editors.binaryResourceDiffEditor') && ${onPicture}`;
  const hidden = commandNames.filter((name) => "palette" in editorCommands[name]);
  return {
    [menu]: [...byGroup, { command: id("countTokens"), group: "3_cost@1" }],
    "explorer/context": [
      ...submenu(`(explorerResourceIsFolder || ${onPicture})`, "5_screenshot"),
      ...convert(onDiagram, "5_screenshot"),
      ...also("twoSelected", `listDoubleSelection && ${onPictureOrFolder}`, "3_compare@90"),
      ...also("oneSelected", `!listMultiSelection && ${onPictureOrFolder}`, "3_compare@91"),
    ],
    "scm/resourceState/context": also("change", `scmProvider == git && ${onPicture}`, "navigation@90"),
    "editor/title/context": [...submenu(onPicture, "5_screenshot"), ...convert(onDiagram, "5_screenshot")],
    "editor/context": convert(`(editorLangId == markdown || ${onDiagram})`, "1_modification"),
    "editor/title": [
      ...submenu(`activeCustomEditorId == imagePreview.previewEditor && ${onPicture}`, "navigation"),
      ...also("change", inDiff, "navigation@90"),
    ],
    ...Object.fromEntries(inHistory),
    commandPalette: hidden.map((name) => ({ command: id(name), when: "false" })),
  };
}

function settings(own: readonly Workflow[]): Record<string, object> {
  const { model, ...others } = editorSettings;
  const entries: Array<[string, object]> = [
    ["model", model],
    ...own.map((workflow): [string, object] => [`${workflow.id}.model`, modelSetting(workflow)]),
    ...own.map((workflow): [string, object] => [`${workflow.id}.effort`, effortSetting(workflow)]),
    ...own.flatMap(({ id: workflow, presentation }) =>
      Object.entries(presentation.settings.own ?? {}).map(([key, schema]): [string, object] => [
        `${workflow}.${key}`,
        schema,
      ]),
    ),
    ...Object.entries(others),
  ];
  return Object.fromEntries(
    entries.map(([key, schema], place) => [id(key), { ...schema, order: place + 1 }]),
  );
}

const modelSetting = ({ presentation }: Workflow): object => ({
  type: "string",
  default: "",
  markdownDescription: `The model for ${presentation.settings.modelFor}, if another than \`#${id("model")}#\`. **Screenshot: Choose Model** fills this in.`,
});

const effortSetting = ({ presentation: { settings: words } }: Workflow): object => ({
  type: "string",
  enum: efforts,
  default: words.defaultEffort,
  markdownDescription: `How much the model thinks about ${words.effortFor}. More is slower and costs more; models without this choice ignore it.`,
});

const firstStepLink = ({ id: workflow, presentation: { firstStep } }: Workflow): string[] =>
  firstStep ? [`[${firstStep.label}](command:${id(workflow)})`] : [];

function walkthrough(own: readonly Workflow[]): object {
  const verbs = listed(
    own.map(({ presentation }) => presentation.verb),
    "or",
  );
  const first = own.flatMap(({ presentation: { firstStep } }) => (firstStep ? [firstStep.sentence] : []));
  const step = (name: string, title: string, description: string, events: readonly string[]) => ({
    id: name,
    title,
    description,
    media: { markdown: `media/walkthrough/${name}.md` },
    completionEvents: events.map((event) => `onCommand:${id(event)}`),
  });
  return {
    id: "start",
    title: "Screenshot Workbench",
    description: "From a picture to a report, an issue or a diagram.",
    steps: [
      step(
        "run",
        "Right-click a picture",
        lines(
          [
            `In the explorer, on an editor tab or in the image preview, open the **Screenshot** menu: ${verbs}.`,
            ...first,
          ].join(" "),
          ...own.flatMap(firstStepLink),
        ),
        commandsOf(own).map(({ name }) => name),
      ),
      step(
        "key",
        "Ask Claude, too",
        lines(
          "With an API key, Claude also judges what pixels cannot tell, and reads diagrams. The key is kept in your system's keychain.",
          `[Set API Key](command:${id("setApiKey")})`,
        ),
        ["setApiKey"],
      ),
      step(
        "use",
        "Use the result",
        lines(
          "Insert it at the cursor, copy it, save it beside the picture, or open your host's new-issue page.",
          `[From Clipboard](command:${id("fromClipboard")})`,
        ),
        ["fromClipboard"],
      ),
    ],
  };
}
