import { encrypted, type PdfRectangle, writePdf } from "../pdf.js";
import { type Case, height, picture, quarters, width } from "./case.js";

/** Points for each pixel of the page as it is drawn. */
const point = 72 / 192;
const size = { width: width * point, height: height * point };

/** The four quarters, drawn. */
const drawn: PdfRectangle[] = quarters.map((colour, index) => ({
  x: index % 2 === 0 ? 0 : size.width / 2,
  y: index < 2 ? size.height / 2 : 0,
  width: size.width / 2,
  height: size.height / 2,
  colour: [colour[0], colour[1], colour[2]],
}));
const page = { ...size, content: drawn };

export const pdfCases: Case[] = [
  { format: "PDF", variant: "a page", make: () => writePdf([page]), tolerance: 1 },
  { format: "PDF", variant: "several pages, none named", make: () => writePdf([page, {}]), tolerance: 1 },
  {
    format: "PDF",
    variant: "a scan",
    make: async () => {
      const jpeg = await picture().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
      return writePdf([{ ...size, picture: { jpeg, width, height } }]);
    },
    tolerance: 8,
  },
  { format: "PDF", variant: "a password", make: () => encrypted(writePdf([page]), "secret") },
  { format: "PDF", variant: "cut short", make: () => writePdf([page]).subarray(0, 80) },
];
