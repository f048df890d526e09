import { z } from "zod";
import { UserError } from "../../errors.js";
import { factsOf } from "../../render/facts.js";
import { formatNamed, holds, renderText, textFormats } from "../../render/formats.js";
import { pictureAt } from "../../sources/index.js";
import { onlyPicture } from "../../sources/picture.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import { workflowOf, workflows } from "../../workflows/index.js";
import { defineTool } from "../defineTool.js";
import { PageNumber, pagedText } from "../paging.js";
import { Path } from "../pictures.js";

const ids = Object.keys(workflows);
const purposes = Object.values(workflows).map(({ id, presentation }) => `${id}: ${presentation.description}`);

export const askClaude = defineTool({
  name: "ask_claude",
  title: "Ask Claude",
  description: `Sends the picture, with its secrets covered, to Claude with the person's own key, and costs money. Only where another pair of eyes is wanted: you can look yourself with view_picture, and the other tools cost nothing. Workflows: ${purposes.join(" ")}`,
  isPaid: true,
  input: z.object({
    workflow: z.enum(ids),
    path: Path,
    max_cost: z
      .number()
      .positive()
      .max(100)
      .describe("US$ that this call may cost at most; nothing is sent if it could cost more"),
    format: z.enum(textFormats.map(({ id }) => id)).default("markdown"),
    page: PageNumber,
  }),
  run: async ({ workflow: id, path, max_cost, format: formatId, page }, context, signal) => {
    const { app, roots, connection } = context;
    const workflow = workflowOf(id);
    const format = formatNamed(formatId);
    if (!holds(format, workflow.id))
      throw new UserError({
        code: "wrongInput",
        problem: `${format.title} cannot hold what “${workflow.title}” finds.`,
        advice: "Choose another format.",
      });
    const file = await roots.find(path);
    const source = await pictureAt(file, signal);
    const runner = await app.runner(connection);
    const result = await runner.run(
      {
        workflow,
        pictures: onlyPicture(source),
        settings: context.settings,
        offline: false,
        commandBudget: new CommandBudget({ most: max_cost }),
      },
      { signal },
    );
    const { text, about } = pagedText(renderText(format, result, roots.shown(file)), page);
    return { text: { result: text, ...about, took: factsOf(result) } };
  },
});
