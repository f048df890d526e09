import { UserError } from "../../errors.js";
import type { Opened } from "../open.js";
import { openWithSharp } from "../withSharp.js";
import { clean, type Found, leaveOutFilters } from "./clean.js";
import { costOf } from "./cost.js";
import { mostEmbeddedPixels, mostFilteredPixels, mostLayerBytes } from "./drawn.js";
import { pixelsOf } from "./embedded.js";
import { readSvgTree, refuseSvg, type SvgTree, writeSvgTree } from "./tree.js";

/**
 * Opens an SVG. The renderer is given what was read of it and found harmless, written anew: it never sees the
 * file's own bytes.
 *
 * @throws UserError when it reaches outside of itself or takes more to draw than a drawing should
 * @throws Error when it is no well-formed XML
 */
export async function openSvg(bytes: Uint8Array): Promise<Opened> {
  const tree = readSvgTree(textOf(bytes));
  const found = clean(tree.root);
  if ((await pixelsOf(found.embedded)) > mostEmbeddedPixels) refuseSvg("pictures that are too large");
  const notes = notesOn(tree, found);

  const open = () => openWithSharp(Buffer.from(writeSvgTree(tree.root)));
  let drawing = await open();
  const pixels = drawing.width * drawing.height;
  const cost = costOf(tree.root, found.sheetFilters);
  if (found.oddFilter !== undefined || cost.passes * pixels > mostFilteredPixels) {
    leaveOutFilters(tree.root);
    notes.push(
      found.oddFilter === undefined
        ? "The SVG's shadows and effects would take minutes to draw and were left out."
        : `The SVG has an effect that is not drawn here (${found.oddFilter}); its shadows and effects were left out.`,
    );
    drawing = await open();
  }
  const layers = costOf(tree.root, false).layers;
  if (layers * pixels * 4 > mostLayerBytes) {
    throw new UserError({
      code: "pictureUnusable",
      problem: `The SVG has ${layers} transparent layers within each other, which take too much memory at ${drawing.width} × ${drawing.height} px.`,
      advice: "Export it as PNG and choose that picture.",
    });
  }
  return { ...drawing, notes };
}

function notesOn({ foreignObjects, namesItself }: SvgTree, found: Found): string[] {
  const notes: string[] = [];
  if (foreignObjects > 0)
    notes.push(
      `${foreignObjects === 1 ? "A part of the SVG is" : `${foreignObjects} parts of the SVG are`} written as HTML (labels of Mermaid and draw.io are) and not drawn here; export it as PNG to have ${foreignObjects === 1 ? "it" : "them"} looked at.`,
    );
  if (found.unreadable > 0)
    notes.push(
      `Pictures within the SVG that were left out, because they are not drawn here: ${found.unreadable}.`,
    );
  if (found.isAnimated) notes.push("The SVG is animated; it was looked at as it stands before it moves.");
  if (found.hasFonts) notes.push("The SVG brings typefaces of its own; its text was drawn in others.");
  if (!namesItself)
    notes.push(
      "The SVG does not name its namespace, so that browsers do not show it; it was drawn all the same.",
    );
  return notes;
}

/** Encodings that SVG files have. ASCII is UTF-8, too. */
const encodings = new Set(["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "utf-16"]);

function textOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const stated = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)/.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
  if (!encodings.has(stated)) return refuseSvg("text that is not UTF-8");
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const label = isUtf16
    ? bytes[0] === 0xff
      ? "utf-16le"
      : "utf-16be"
    : /ascii|16/.test(stated)
      ? "utf-8"
      : stated;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return refuseSvg("text that is not UTF-8");
  }
}
