import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { z } from "zod";

const Diagnostics = z.array(z.object({ code: z.string().nullable(), message: z.string() }));

/** What Ruff objects to in a Python text with its usual rules, and each row that it would lay out otherwise. */
export function ruffObjections(text: string): string[] {
  const workspace = new Workspace(Workspace.defaultSettings(), PositionEncoding.Utf16);
  const formatted = workspace.format(text);
  const found = Diagnostics.parse(workspace.check(text)).map(
    ({ code, message }) => `${code ?? ""} ${message}`,
  );
  return formatted === text ? found : [...found, `laid out otherwise:\n${formatted}`];
}
