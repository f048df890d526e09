/** What package.json says of a tool that the editor's agents may call. */
interface AgentTool {
  title: string;
  /** What a person calls it with, after `#`. */
  reference: string;
  /** Written for models. */
  description: string;
  /** Written for people. */
  purpose: string;
  icon: string;
  /** JSON Schema of the properties; none is required. */
  properties: Readonly<Record<string, object>>;
}

const number = { type: "number" };

/**
 * The tools for what only the editor knows: everything else agents call through the server, which all clients have.
 * package.json is generated from this list, and each is registered.
 */
export const agentTools = {
  view_open_picture: {
    title: "View Open Picture",
    reference: "openPicture",
    description:
      "Shows the picture that is open in the editor, or the one of the screenshot result that the person looks at, and says its path, for the tools of the server Screenshot Workbench. A region comes at its own resolution.",
    purpose: "Looks at the picture that is open in the editor.",
    icon: "$(eye)",
    properties: {
      region: {
        type: "object",
        description: "In pixels of the original picture, from its top left corner",
        properties: { x: number, y: number, width: number, height: number },
        required: ["x", "y", "width", "height"],
      },
      max_side: {
        ...number,
        description: "The longer side of what is shown, at most, in pixels; 1568 by default",
      },
    },
  },
  get_open_findings: {
    title: "Get Open Findings",
    reference: "screenshotFindings",
    description:
      "The findings of the screenshot result that the person looks at in the editor, with their places, what they rest on, and what the person has decided about each: accepted or dismissed.",
    purpose: "Reads the findings of the result that is open.",
    icon: "$(list-unordered)",
    properties: {},
  },
  search_screenshot_history: {
    title: "Search Screenshot History",
    reference: "screenshotHistory",
    description:
      "Runs of workflows on pictures that were done on this machine, the latest first; with `run`, the report of one of them. Nothing is asked or sent anew.",
    purpose: "Finds earlier results on pictures.",
    icon: "$(history)",
    properties: {
      search: { type: "string", description: "Part of a picture's name or path, or of a workflow's title" },
      run: { type: "string", description: "The id of a run that a search has given" },
      page: { ...number, description: "Which page of a long result, from 1" },
    },
  },
} as const satisfies Record<string, AgentTool>;

export type AgentToolName = keyof typeof agentTools;
