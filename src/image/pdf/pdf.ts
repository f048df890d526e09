import { UserError } from "../../errors.js";
import type { Opened } from "../open.js";
import type { Opening } from "../part.js";
import type { Raw } from "../raw.js";
import { type Pdfium, withDocument, withPage } from "./pdfium.js";
import { ownLinesOf } from "./words.js";

/** Pixels for each CSS pixel, of which an inch has 96: as on a screen of twice the density. */
const usualRatio = 2;
const cssPixelsPerPoint = 96 / 72;

/** A page that would be larger is drawn smaller. Pixels. */
const [mostPixels, longestEdge] = [16_000_000, 8_000];

/** FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER: with form fields and notes as they look, red first. */
const renderFlags = 1 | 16;

/** How many pages a PDF has. @throws UserError when it cannot be opened */
export const countPages = (bytes: Uint8Array, password: string | undefined): Promise<number> =>
  withDocument(bytes, password, (pdfium, document) => pdfium.FPDF_GetPageCount(document));

/**
 * Opens a page of a PDF, with its own words.
 *
 * @throws UserError when it cannot be opened
 */
export function openPdf(bytes: Uint8Array, { part, password }: Opening): Promise<Opened> {
  const number = part && "page" in part ? part.page : 1;
  return withDocument(bytes, password, (pdfium, document) =>
    withPage(pdfium, document, number, (page): Opened => {
      const { width, height, ratio } = sizeOf(pdfium, page);
      return {
        width,
        height,
        frames: part ? 1 : pdfium.FPDF_GetPageCount(document),
        pixelRatio: ratio,
        ownLines: ownLinesOf(pdfium, page, { width, height }),
        decode: (size) =>
          withDocument(bytes, password, (again, opened) =>
            withPage(again, opened, number, (same) => render(again, same, size)),
          ),
      };
    }),
  );
}

/** The size at which a page is drawn, in pixels, and how many of those a CSS pixel has. */
function sizeOf(pdfium: Pdfium, page: number): { width: number; height: number; ratio: number } {
  const across = pdfium.FPDF_GetPageWidthF(page) * cssPixelsPerPoint;
  const down = pdfium.FPDF_GetPageHeightF(page) * cssPixelsPerPoint;
  if (!(across > 0 && down > 0))
    throw new UserError({
      code: "pictureUnusable",
      problem: "The page of the PDF has no area.",
      advice: "Choose another page.",
    });
  const ratio = Math.min(
    usualRatio,
    Math.sqrt(mostPixels / (across * down)),
    longestEdge / Math.max(across, down),
  );
  return {
    width: Math.max(1, Math.round(across * ratio)),
    height: Math.max(1, Math.round(down * ratio)),
    ratio,
  };
}

function render(pdfium: Pdfium, page: number, { width, height }: { width: number; height: number }): Raw {
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw new Error("There is no room for the page");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, renderFlags);
    const from = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    return {
      data: withoutFourth(pdfium.pdfium.HEAPU8, from, stride, width, height),
      width,
      height,
      channels: 3,
    };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

/** Four bytes a pixel become three: the page is opaque. */
function withoutFourth(heap: Uint8Array, from: number, stride: number, width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = from + y * stride;
    for (let at = row; at < row + width * 4; at += 4) {
      data[to++] = heap[at] ?? 0;
      data[to++] = heap[at + 1] ?? 0;
      data[to++] = heap[at + 2] ?? 0;
    }
  }
  return data;
}
