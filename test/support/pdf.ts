import { withDocument, withRoom } from "../../src/image/pdf/pdfium.js";

/** Text on a page. Points, from the lower left corner, as PDF has it. */
export interface PdfText {
  text: string;
  x: number;
  y: number;
  size: number;
  /** One of the fonts that every reader has. */
  font?: "Helvetica" | "Helvetica-Bold" | "Courier" | "Times-Roman";
  /** 0 to 255. */
  colour?: readonly [number, number, number];
  /** As `Tr` has it: 0 filled, 3 invisible. */
  mode?: number;
}

export interface PdfRectangle {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: readonly [number, number, number];
}

export interface PdfPage {
  width?: number;
  height?: number;
  /** Clockwise, a multiple of 90. */
  rotate?: number;
  /** In the order in which it is drawn. */
  content?: ReadonlyArray<PdfText | PdfRectangle | string>;
  /** A picture that fills the page, as JPEG, beneath all else. */
  picture?: { jpeg: Uint8Array; width: number; height: number };
  /** More entries of the page's dictionary; its contents and resources may be among them, instead of the usual. */
  entries?: string;
}

const fonts = ["Helvetica", "Helvetica-Bold", "Courier", "Times-Roman"] as const;

const channels = (colour: readonly number[]): string =>
  colour.map((value) => (value / 255).toFixed(4)).join(" ");

function operators(item: PdfText | PdfRectangle | string): string {
  if (typeof item === "string") return item;
  if (!("text" in item))
    return `${channels(item.colour)} rg ${item.x} ${item.y} ${item.width} ${item.height} re f`;
  const { text, x, y, size, font = "Helvetica", colour = [0, 0, 0], mode = 0 } = item;
  const written = Buffer.from(text, "latin1").toString("hex");
  return `BT ${channels(colour)} rg /F${fonts.indexOf(font)} ${size} Tf ${mode} Tr 1 0 0 1 ${x} ${y} Tm <${written}> Tj ET`;
}

/**
 * A PDF file, written out plainly.
 *
 * @param catalog more entries of the document's catalogue, such as an action at opening
 * @param objects more objects, numbered from 1000000: what the entries refer to
 */
export function writePdf(pages: readonly PdfPage[], catalog = "", objects: readonly string[] = []): Buffer {
  const bodies = new Map<number, Buffer>();
  const put = (number: number, body: string | Buffer) =>
    bodies.set(number, typeof body === "string" ? Buffer.from(body, "latin1") : body);
  const pageAt = (index: number) => 10 + index * 3;
  put(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  const kids = pages.map((_, index) => `${pageAt(index)} 0 R`).join(" ");
  put(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  for (const [index, font] of fonts.entries())
    put(3 + index, `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`);
  const fontList = fonts.map((_, index) => `/F${index} ${3 + index} 0 R`).join(" ");
  for (const [index, page] of pages.entries()) {
    const { width = 612, height = 792, rotate = 0, content = [], picture, entries = "" } = page;
    const number = pageAt(index);
    const images = picture ? `/XObject << /Im ${number + 2} 0 R >>` : "";
    const usual = {
      Contents: `${number + 1} 0 R`,
      Resources: `<< /Font << ${fontList} >> ${images} >>`,
      MediaBox: `[0 0 ${width} ${height}]`,
    };
    const own = Object.entries(usual)
      .filter(([name]) => !entries.includes(`/${name}`))
      .map(([name, value]) => `/${name} ${value}`);
    put(number, `<< /Type /Page /Parent 2 0 R /Rotate ${rotate} ${own.join(" ")} ${entries} >>`);
    const drawn = [
      ...(picture ? [`q ${width} 0 0 ${height} 0 0 cm /Im Do Q`] : []),
      ...content.map(operators),
    ].join("\n");
    put(number + 1, `<< /Length ${Buffer.byteLength(drawn, "latin1")} >>\nstream\n${drawn}\nendstream`);
    if (picture)
      put(
        number + 2,
        Buffer.concat([
          Buffer.from(
            `<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${picture.jpeg.length} >>\nstream\n`,
          ),
          picture.jpeg,
          Buffer.from("\nendstream"),
        ]),
      );
  }
  for (const [index, object] of objects.entries()) put(1_000_000 + index, object);
  return assembled(bodies);
}

/** With the table of where each object begins. */
function assembled(bodies: ReadonlyMap<number, Buffer>): Buffer {
  const pieces: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let at = pieces[0]?.length ?? 0;
  const table: string[] = ["0 1\n0000000000 65535 f \n"];
  for (const [number, body] of [...bodies].sort(([a], [b]) => a - b)) {
    table.push(`${number} 1\n${String(at).padStart(10, "0")} 00000 n \n`);
    const object = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    pieces.push(object);
    at += object.length;
  }
  const size = Math.max(...bodies.keys()) + 1;
  pieces.push(
    Buffer.from(`xref\n${table.join("")}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`),
  );
  return Buffer.concat(pieces);
}

/** The same PDF, closed to who does not know the password. */
export const encrypted = (pdf: Uint8Array, password: string): Promise<Buffer> =>
  withDocument(pdf, undefined, (pdfium, document) => {
    pdfium.EPDF_SetEncryption(document, password, `${password} of the owner`, 0);
    const writer = pdfium.PDFiumExt_OpenFileWriter();
    pdfium.PDFiumExt_SaveAsCopy(document, writer);
    const size = pdfium.PDFiumExt_GetFileWriterSize(writer);
    const bytes = withRoom(pdfium, size, (place) => {
      pdfium.PDFiumExt_GetFileWriterData(writer, place, size);
      return Buffer.from(pdfium.pdfium.HEAPU8.slice(place, place + size));
    });
    pdfium.PDFiumExt_CloseFileWriter(writer);
    return bytes;
  });
