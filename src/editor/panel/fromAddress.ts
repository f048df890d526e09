import { InputBoxValidationSeverity, window } from "vscode";
import { CancelledError } from "../../errors.js";
import { detectFormat } from "../../image/format.js";
import { nameAt } from "../../sources/address.js";
import { type DownloadSettings, download } from "../../sources/download.js";
import { workflows } from "../../workflows/index.js";
import type { Features } from "../features.js";
import { inert } from "../notify.js";
import { settings } from "../settings.js";
import { pickPages } from "../ways-in/pages.js";
import type { EditorSource } from "../ways-in/pictures.js";
import { withProgress } from "./progress.js";
import { subjectOf } from "./subjects.js";

/**
 * Asks for an address, fetches the picture or document that is there, and runs a workflow on it that the person
 * chooses. The host is shown before anything is sent.
 *
 * @param how how it is fetched, beside what the settings say
 * @throws UserError when it is refused or fails
 * @throws CancelledError when the person dismisses a question
 */
export async function fromAddress(
  { results, services }: Pick<Features, "results" | "services">,
  how: DownloadSettings = {},
): Promise<void> {
  const typed = await window.showInputBox({
    title: "From Address",
    prompt: "The https address of a picture or a PDF",
    placeHolder: "https://",
    ignoreFocusOut: true,
    validateInput: whatHappens,
  });
  if (typed === undefined) throw new CancelledError();
  const address = typed.trim();
  const name = nameAt(address);
  const bytes = await withProgress(`Fetching ${name}`, (signal, say) => {
    const onRedirect = (host: string) => say(`redirected to ${host}`);
    return download(address, { allowedHosts: settings.allowedHosts(), onRedirect, ...how }, signal);
  });
  const sources = await picturesIn({ name, bytes, uri: undefined }, services.app.pictures);
  const items = Object.values(workflows).map(({ id, title }) => ({ label: title, id }));
  const chosen = await window.showQuickPick(items, { title: inert(`What to Do with ${name}`) });
  if (!chosen) throw new CancelledError();
  for (const source of sources) await results.run(subjectOf(chosen.id, source));
}

/** Whom Enter asks, before it is pressed. */
function whatHappens(typed: string) {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  if (url?.protocol !== "https:" || url.host === "")
    return { message: "An address that begins with https://", severity: InputBoxValidationSeverity.Error };
  const message = inert(`Enter fetches it from ${url.host}, without cookies or keys.`);
  return { message, severity: InputBoxValidationSeverity.Info };
}

/** The picture, or the pages that the person picks of a document. */
async function picturesIn(
  source: EditorSource,
  counter: Parameters<typeof pickPages>[2],
): Promise<EditorSource[]> {
  const { name, bytes } = source;
  if (detectFormat(bytes) !== "pdf") return [source];
  const { pages, password } = await pickPages(name, bytes, counter);
  return pages.map((page) => ({
    ...source,
    name: `${name}#page=${page}`,
    suffix: `#page=${page}`,
    password,
  }));
}
