import { Uri } from "vscode";
import type { FromPanel } from "../../protocol/panel.js";
import { plainName } from "../../text/plain.js";
import { saveBytes } from "../insert/insert.js";
import { showInfo, showStatus } from "../notify.js";
import type { Subject } from "./subjects.js";

type SavePicture = Extract<FromPanel, { type: "savePicture" }>;

const pngSignature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Saves what the page drew as a PNG file beside the picture, where the person agrees. */
export async function savePicture({ name, bytes }: SavePicture, { uri }: Subject): Promise<void> {
  const png = Buffer.from(bytes, "base64");
  if (!png.subarray(0, 8).equals(pngSignature)) throw new Error("The page sent no PNG");
  const file = `${plainName(name).replace(/[/\\]/g, "-")}.png`;
  const saved = await saveBytes(png, file, "PNG", uri && Uri.joinPath(uri, ".."));
  if (saved) showStatus("Picture saved.");
}

/** Says whether a picture is on the clipboard. */
export function sayCopied(ok: boolean): void {
  if (ok) showStatus("Picture copied.");
  else showInfo("The picture could not be copied: this window's clipboard doesn't take pictures.");
}
