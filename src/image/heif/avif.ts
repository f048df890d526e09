import { UserError } from "../../errors.js";
import type { Coding } from "../colour/coding.js";
import type { Opened } from "../open.js";
import { openWithSharp } from "../withSharp.js";
import { colourOf, type HeifPicture, readHeif } from "./heif.js";

/** Opens an AVIF: libvips decodes it, but looks neither at its numbers for colours nor at the range of greys. */
export async function openAvif(bytes: Uint8Array): Promise<Opened> {
  const { primary, pictures, hasTrack } = readHeif(bytes);
  if (!primary && hasTrack) {
    throw new UserError({
      code: "pictureUnusable",
      problem: "The file is an animated AVIF without a still picture, which is not read here.",
      advice: "Save the frame that matters as PNG and choose that picture.",
    });
  }
  const { profile, coding } = primary ? colourOf(primary) : {};
  const opened = await openWithSharp(asStill(bytes), toConvert(primary, profile, coding));
  const notes = hasTrack ? ["The file is an animation; only its first picture was looked at."] : [];
  return { ...opened, frames: pictures, notes: [...notes, ...(opened.notes ?? [])] };
}

/** What libvips leaves to be done. */
function toConvert(
  primary: HeifPicture | undefined,
  profile: Uint8Array | undefined,
  coding: Coding | undefined,
): Coding | undefined {
  const config = primary?.properties.find(({ type }) => type === "av1C")?.body;
  const isMonochrome = ((config?.[2] ?? 0) & 0x10) !== 0;
  // The decoder widens colours that are limited, and leaves greys.
  const limited = coding?.limited === true && isMonochrome;
  if (!coding || (profile !== undefined && !limited)) return undefined;
  return { ...coding, limited };
}

/** With the brand of a still picture: by that of an animation, libvips does not know the file. */
function asStill(bytes: Uint8Array): Uint8Array {
  const isAnimated = String.fromCharCode(...bytes.subarray(8, 12)) === "avis";
  if (!isAnimated) return bytes;
  const still = Uint8Array.from(bytes);
  still[11] = "f".charCodeAt(0);
  return still;
}
