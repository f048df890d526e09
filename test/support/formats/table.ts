import { bmpCases } from "./bmp.js";
import { type Case, type Outcome, outcomeOf } from "./case.js";
import { animationCases, jpegCases, pngCases } from "./common.js";
import { otherCases, svgCases } from "./drawn.js";
import { pdfCases } from "./pdf.js";
import { avifCases, heicCases, tiffCases } from "./rich.js";

export const allCases: readonly Case[] = [
  ...pngCases,
  ...jpegCases,
  ...animationCases,
  ...avifCases,
  ...heicCases,
  ...tiffCases,
  ...bmpCases,
  ...svgCases,
  ...pdfCases,
  ...otherCases,
];

export interface Row extends Outcome {
  of: Case;
}

export async function allOutcomes(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const of of allCases) rows.push({ of, ...(await outcomeOf(of)) });
  return rows;
}

/** Whether what is shown is not what the file shows. */
export const isWrong = ({ of: { tolerance = 0 }, off }: Row): boolean => off !== undefined && off > tolerance;

/** `docs/formats.md`, from what was found. */
export function formatsDocument(rows: readonly Row[]): string {
  const lines = rows.map(({ of: { format, variant }, what }) => `| ${format} | ${variant} | ${what} |`);
  return `# Formats

What becomes of a file is decided by its bytes, not by its name. Made by \`npm run bench:pictures -- --write\` from the files that the tests write and read; a test compares.

| Format | Variant | What happens |
| --- | --- | --- |
${lines.join("\n")}

Files have at most 100 MB. Up to 52 megapixels are decoded as they are; larger JPEG, PNG and SVG pictures (up to 268 megapixels; 105 for WebP and progressive JPEG, 52 for interlaced PNG) are shrunk by a whole number while they are decoded, with a note. Pages and pictures longer than two and a half times their short side are looked at in overlapping parts. Every page of a PDF is a picture of its own, drawn at 192 dpi, or less where it would have more than 16 megapixels; at most 600 pages are looked at at once.
`;
}
