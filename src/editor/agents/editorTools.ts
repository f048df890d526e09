import { dirname } from "node:path";
import { Uri } from "vscode";
import { z } from "zod";
import { type Called, call } from "../../agent/call.js";
import { defineTool } from "../../agent/defineTool.js";
import { PageNumber, paged, pagedText } from "../../agent/paging.js";
import { placeOf } from "../../agent/pictures.js";
import { Roots } from "../../agent/roots.js";
import type { Tool, ToolContext } from "../../agent/tool.js";
import { viewPicture } from "../../agent/tools/viewPicture.js";
import { UserError } from "../../errors.js";
import { reportToMarkdown } from "../../render/markdown.js";
import { basisOf, evidenceWords, standingOf } from "../../report.js";
import { evaluateRecord, keptByOlderVersion } from "../../run/evaluate.js";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import type { Features } from "../features.js";
import { type AgentToolName, agentTools } from "../manifest/agentTools.js";
import { settings } from "../settings.js";
import { activePicture } from "../ways-in/pictures.js";

/**
 * Calls a tool for what the editor alone knows.
 *
 * @param input as the model gave it: nobody has looked at it
 * @throws CancelledError when the signal aborts
 */
export async function callEditorTool(
  name: AgentToolName,
  input: unknown,
  features: Features,
  signal: AbortSignal,
): Promise<Called> {
  const { app } = features.services;
  const asking = { model: settings.model(), effort: "medium" as const };
  const context: ToolContext = {
    app,
    roots: await Roots.of([features.services.extension.fsPath]),
    settings: { ...asking, redaction: settings.redaction(), measuring: settings.measuring() },
    connection: undefined,
  };
  return call(toolNamed(name, features), input, context, signal);
}

function toolNamed(name: AgentToolName, features: Features): Tool {
  switch (name) {
    case "view_open_picture":
      return viewOpenPicture(features);
    case "get_open_findings":
      return openFindings(features);
    case "search_screenshot_history":
      return searchHistory(features);
  }
}

const about = (name: AgentToolName) => {
  const { title, description } = agentTools[name];
  return { name, title, description };
};

/** The tool that all agents have, for the picture that the person looks at. */
const viewOpenPicture = ({ results }: Features): Tool =>
  defineTool({
    ...about("view_open_picture"),
    input: viewPicture.input.omit({ path: true, marks: true }),
    run: async (input, context, signal) => {
      const uri = activePicture() ?? results.shown?.uri;
      if (uri?.scheme !== "file")
        throw new UserError({
          code: "wrongInput",
          problem: "No picture file is open in the editor.",
          advice: "Ask the person to open one, or name a file to view_picture.",
        });
      const path = uri.fsPath;
      const roots = await Roots.of([dirname(path)]);
      const { text, ...answer } = await viewPicture.run({ ...input, path }, { ...context, roots }, signal);
      return { ...answer, text: { path, ...(typeof text === "string" ? { text } : text) } };
    },
  });

const openFindings = ({ results }: Features): Tool =>
  defineTool({
    ...about("get_open_findings"),
    input: z.object({ page: PageNumber }),
    run: async ({ page }, { settings: { redaction } }) => {
      const shown = results.shown;
      const report = shown?.report;
      if (!shown || !report)
        throw new UserError({
          code: "wrongInput",
          problem: "No finished result is open in the editor.",
          advice: "Ask the person to run a workflow on a picture, or use audit_screenshot.",
        });
      const rows = report.findings.map((finding) => ({
        title: finding.title,
        basis: basisOf(finding).name,
        impact: finding.impact,
        standing: standingOf(finding),
        ...(finding.decision ? { decision: finding.decision } : {}),
        restsOn: evidenceWords[finding.evidence],
        ...(finding.box ? { at: placeOf(finding.box) } : {}),
        where: finding.where,
        problem: finding.problem,
        fix: finding.fix,
        ...(finding.measured ? { measured: finding.measured } : {}),
      }));
      const { items, about: paging } = paged(rows, page);
      const { title, summary } = report;
      const path = shown.uri?.scheme === "file" ? { path: shown.uri.fsPath } : {};
      const told = withoutSecrets({ title, summary, findings: items }, redaction !== "off");
      return { text: { ...path, ...told, ...paging } };
    },
  });

const searchHistory = ({ services: { history } }: Features): Tool =>
  defineTool({
    ...about("search_screenshot_history"),
    input: z.object({
      search: z.string().max(500).default(""),
      run: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      page: PageNumber,
    }),
    run: async ({ search, run: id, page }, { settings: { redaction } }) => {
      if (id !== undefined) {
        const run = await history.find(id);
        if (!run)
          throw new UserError({
            code: "answerNotKept",
            problem: "Nothing is kept of this run.",
            advice: "Search again, without `run`.",
          });
        const result = evaluateRecord(run);
        if (!result) throw keptByOlderVersion(run.pictures[0].picture.name);
        const { text, about: paging } = pagedText(reportToMarkdown(result.report), page);
        return { text: { ...withoutSecrets({ report: text }, redaction !== "off"), ...paging } };
      }
      const wanted = search.toLowerCase();
      const rows = (await history.list())
        .filter(({ name, source = "", workflow }) =>
          [name, source, workflow].some((words) => words.toLowerCase().includes(wanted)),
        )
        .map(({ id: run, workflow, name, source, time, state, findings }) => ({
          run,
          workflow,
          name,
          ...(source?.startsWith("file:") ? { path: Uri.parse(source).fsPath } : {}),
          time,
          state,
          findings,
        }));
      const { items, about: paging } = paged(rows, page);
      return { text: { runs: items, ...paging } };
    },
  });
