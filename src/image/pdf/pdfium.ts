import { readFile } from "node:fs/promises";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";
import { UserError } from "../../errors.js";

export type Pdfium = WrappedPdfiumModule;

let started: Promise<Pdfium> | undefined;

/** PDFium compiled to WebAssembly, started when it is first used. Nothing is fetched: the module lies beside the bundle. */
async function startPdfium(): Promise<Pdfium> {
  const bytes = await readFile(new URL("./pdfium.wasm", import.meta.url));
  const pdfium = await init({ wasmBinary: new Uint8Array(bytes).buffer });
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** What `FPDF_GetLastError` says. */
const lastError = { password: 4, security: 5 };

/**
 * Opens a PDF for as long as it is used. Scripts and actions in it are not run: nothing here does that.
 *
 * @param use is given PDFium and the handle of the document
 * @throws UserError when it is damaged, or closed to who does not know its password
 */
export async function withDocument<T>(
  bytes: Uint8Array,
  password: string | undefined,
  use: (pdfium: Pdfium, document: number) => T,
): Promise<T> {
  started ??= startPdfium();
  const pdfium = await started;
  try {
    return inMemory(pdfium, bytes, (place) => {
      const document = pdfium.FPDF_LoadMemDocument(place, bytes.length, password ?? "");
      if (document === 0) throw refusal(pdfium.FPDF_GetLastError(), password);
      try {
        return use(pdfium, document);
      } finally {
        pdfium.FPDF_CloseDocument(document);
      }
    });
  } catch (error) {
    // What has broken off in the middle is in no state to go on.
    if (!(error instanceof UserError)) started = undefined;
    throw error;
  }
}

/** Puts bytes where PDFium can read them, for as long as they are used. */
function inMemory<T>({ pdfium }: Pdfium, bytes: Uint8Array, use: (place: number) => T): T {
  const { malloc, free } = pdfium.wasmExports;
  const place = malloc(bytes.length);
  if (place === 0) throw damaged();
  try {
    pdfium.HEAPU8.set(bytes, place);
    return use(place);
  } finally {
    free(place);
  }
}

/** Room for numbers that PDFium writes, for as long as they are read. @param bytes how much */
export function withRoom<T>({ pdfium }: Pdfium, bytes: number, use: (place: number) => T): T {
  const { malloc, free } = pdfium.wasmExports;
  const place = malloc(bytes);
  try {
    return use(place);
  } finally {
    free(place);
  }
}

/**
 * Opens a page for as long as it is used.
 *
 * @param number from 1
 * @throws UserError when there is no such page
 */
export function withPage<T>(pdfium: Pdfium, document: number, number: number, use: (page: number) => T): T {
  const count = pdfium.FPDF_GetPageCount(document);
  if (number > count)
    throw new UserError({
      code: "pictureUnusable",
      problem: `The PDF has ${count} page${count === 1 ? "" : "s"}: there is no page ${number}.`,
      advice: "Name another page.",
    });
  const page = pdfium.FPDF_LoadPage(document, number - 1);
  if (page === 0) throw damaged(`Page ${number} of the PDF`);
  try {
    return use(page);
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

const damaged = (what = "The PDF") =>
  new UserError({
    code: "pictureUnusable",
    problem: `${what} is damaged or cut short.`,
    advice: "Export or download it again.",
  });

function refusal(error: number, password: string | undefined): UserError {
  if (error === lastError.password)
    return new UserError({
      code: "passwordNeeded",
      problem:
        password === undefined ? "The PDF needs a password." : "The password of the PDF is another one.",
      advice: "On the command line, name a file that holds it with --password-file.",
    });
  if (error === lastError.security)
    return new UserError({
      code: "pictureUnusable",
      problem: "The PDF is encrypted in a way that is not read here.",
      advice: "Save it without encryption and choose that file.",
    });
  return damaged();
}
