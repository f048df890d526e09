import type { ResultKind } from "../report.js";

/** How a command of a workflow runs it. */
export type CommandWay =
  /** In a panel, or in a table where there are several pictures. */
  | "panel"
  /** The same, from what is measured alone. */
  | "offline"
  /** Without a panel: the result goes to the clipboard. From what is measured alone where that is possible. */
  | "copy";

export interface WorkflowCommand {
  /** Its id, without the extension's section. The command that runs the workflow has the workflow's id. */
  name: string;
  title: string;
  way: CommandWay;
  /** Its group in the menu on pictures, and its place in the group, from 1. Groups are shown in alphabetical order. */
  menu: { group: "0_quick" | "1_workflows" | "2_offline"; order: number };
  /** Where it stands besides, beside what the editor itself has there for texts. */
  alsoOn?: readonly MenuPlace[];
}

/** Two pictures or folders selected in the explorer, one, or a changed picture: in source control and on its diff. */
export type MenuPlace = "twoSelected" | "oneSelected" | "change";

/** A setting of one workflow, as package.json has it. */
export interface OwnSetting {
  default: string;
  enum?: readonly string[];
  [key: string]: unknown;
}

/**
 * What a workflow is told beyond its pictures, of what is set: nothing where that is what it does anyway, so that the
 * same question has the same key.
 *
 * @param set by the settings' keys; what is no choice of a setting is taken for its default
 */
export function parametersOf(
  { settings: { own = {}, parameters = [] } }: Pick<WorkflowPresentation, "settings">,
  set: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const chosen = parameters.flatMap((key): Array<[string, string]> => {
    const [value, setting] = [set[key], own[key]];
    const isChoice = typeof value === "string" && (setting?.enum?.includes(value) ?? true);
    return isChoice && value !== setting?.default ? [[key, value]] : [];
  });
  return Object.fromEntries(chosen);
}

/**
 * What a workflow says about itself to people. Plain data that needs nothing loaded: package.json is generated from it.
 */
export interface WorkflowPresentation {
  /** What it does, in a sentence. */
  description: string;
  /** What it does, in a verb. */
  verb: string;
  /** What it is for and what comes of it, in a few words each. */
  purpose: { input: string; output: string };
  /** The kind of its result: panels, tables and renderers look at this, never at the id. */
  result: ResultKind;
  commands: readonly WorkflowCommand[];
  settings: {
    /** What the setting of its model is for, such as "accessibility audits". */
    modelFor: string;
    /** What the model thinks about, such as "an audit". */
    effortFor: string;
    defaultEffort: "low" | "medium" | "high";
    /** Further settings, by their keys after the workflow's id, as package.json has them. */
    own?: Readonly<Record<string, OwnSetting>>;
    /** Those of them that the workflow is told with its question. */
    parameters?: readonly string[];
  };
  /** How it is offered when a picture is pasted or dropped into a document; lower first. Absent: it is not. */
  paste?: { title: string; order: number };
  words: {
    /** The title of a report on many pictures. */
    many: string;
    /** On the button that copies the result. */
    copy: string;
    /** Above what the result leaves open. */
    leftOpen: string;
    /** What asking a model adds to a result that was made offline. */
    offlineHint?: string;
  };
  /** What recommends it as the first thing to try, and the label of the link that does so. */
  firstStep?: { sentence: string; label: string };
}
