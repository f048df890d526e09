import { z } from "zod";
import { Box, ControlMark, Hex, TextMark } from "../report.js";
import { KeptInk } from "./ink/inkMap.js";

/** Something that is drawn other than it was meant to be. */
export const DisplayDefect = z.object({
  kind: z.enum([
    /** Text that is cut off by the box that holds it. */
    "clipped",
    /** Two texts that are drawn over each other. */
    "overlapping",
    /** Text that runs out of the box that holds it. */
    "protruding",
    /** Text that something else lies on. */
    "occluded",
    /** One of a row or column that stands off the line of the others by a pixel or two. */
    "misaligned",
    /** One of a row or column that is a pixel or two larger or smaller than the others. */
    "nearlyEqual",
  ]),
  /** Pixels of the original. */
  box: Box,
  /**
   * In CSS pixels: how far text protrudes, how far the baselines of overlapping lines are apart, how far one of a row
   * is off the line, or larger than the others. Absent for what is clipped or occluded.
   */
  by: z.number().optional(),
  /** Of how many in its row or column it is one. */
  of: z.number().optional(),
});
export type DisplayDefect = z.infer<typeof DisplayDefect>;

/** Words in a sentence that differ from it in their colour alone. */
export const TintedText = z.object({
  /** The mark's id. */
  text: z.string(),
  /** Pixels of the original. */
  box: Box,
  colour: Hex,
  /** The words next to it, and how many of their colour stand on its line. */
  beside: z.object({ text: z.string(), colour: Hex, words: z.number() }),
  /** Of the two colours with each other, and the most that it may be. WCAG 2.2 ratios. */
  contrast: z.number(),
  most: z.number(),
});
export type TintedText = z.infer<typeof TintedText>;

/** What the pixels of a picture say. Places are in pixels of the upright original. */
export const Measurement = z.object({
  /** Pixels of the original for each CSS pixel: as set, or as guessed from the letters' sizes. */
  pixelRatio: z.number(),
  /** From top to bottom. */
  texts: z.array(TextMark),
  controls: z.array(ControlMark),
  /** Absent where they were not looked for. */
  defects: z.array(DisplayDefect).optional(),
  /** Absent where they were not looked for. */
  tinted: z.array(TintedText).optional(),
  /** Where a drawing has ink; of drawings alone. */
  ink: KeptInk.optional(),
  /** What makes the picture hard to read, and what would help. */
  quality: z.array(z.object({ problem: z.string(), advice: z.string() })),
  /** Where secrets stand and of which kind they are, never what they say. */
  secrets: z.array(
    z.object({
      kind: z.enum(["email", "phone", "card", "iban", "ssn", "key", "password", "qr", "bar"]),
      box: Box,
    }),
  ),
  /** Whether the secrets are covered in the picture that is sent, shown and kept. */
  covered: z.boolean(),
  /** Places that a person had covered, whatever stands there; absent where there are none. */
  covers: z.array(Box).optional(),
  /** Lines that were left unread because there are too many. */
  unread: z.number(),
  /** The share of the lines that look like text and could not be read. Absent in what was kept earlier. */
  illegible: z.number().optional(),
});
export type Measurement = z.infer<typeof Measurement>;
