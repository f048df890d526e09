import { type Case, height, picture, width } from "./case.js";

const squares =
  '<rect width="16" height="12" fill="#c82828"/><rect x="16" width="16" height="12" fill="#1e8c3c"/><rect y="12" width="16" height="12" fill="#145ac8"/><rect x="16" y="12" width="16" height="12" fill="#787878"/>';
const svg = (
  variant: string,
  inside: string,
  head = "",
  root = 'xmlns="http://www.w3.org/2000/svg"',
): Case => ({
  format: "SVG",
  variant,
  make: () =>
    Buffer.from(`${head}<svg ${root} width="${width}" height="${height}">${squares}${inside}</svg>`),
});
const filter = (steps: string) =>
  `<filter id="f">${steps}</filter><rect filter="url(#f)" x="15" width="1" height="1"/>`;

export const svgCases: Case[] = [
  svg("plain", ""),
  svg(
    "a document type (Graphviz, draw.io, matplotlib)",
    "",
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
  ),
  svg("entities", "", '<!DOCTYPE svg [<!ENTITY a "b">]>'),
  svg("a shadow", filter('<feDropShadow dx="0" dy="0" stdDeviation="0.1"/>')),
  svg("an effect without bound (noise, lighting)", filter('<feTurbulence baseFrequency="0.1"/>')),
  svg(
    "labels in HTML (Mermaid, draw.io)",
    '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">Save</p></foreignObject>',
  ),
  {
    ...svg("a picture within", ""),
    make: async () =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${(await picture().png().toBuffer()).toString("base64")}"/></svg>`,
      ),
  },
  svg("an SVG within", '<image width="9" height="9" href="data:image/svg+xml,x"/>'),
  svg("a linked picture", '<image href="https://example.com/x.png"/>'),
  svg("an inclusion (XInclude)", '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="x"/>'),
  svg("typefaces of its own", "<style>@font-face{font-family:A;src:url(data:font/woff2;base64,AA)}</style>"),
  svg("scripts", "<script>alert(1)</script>"),
  svg("animated", '<animate attributeName="x"/>'),
  svg("no namespace", "", "", ""),
  svg("not well-formed", "<g>"),
];

const other = (variant: string, head: string): Case => ({
  format: "Other",
  variant,
  make: () => Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(40)]),
});

export const otherCases: Case[] = [
  other("Office", "PK\x03\x04"),
  other("MP4", "\0\0\0\x18ftypisom"),
  other("QuickTime", "\0\0\0\x14ftypqt  "),
  other("WebM, Matroska", "\x1a\x45\xdf\xa3"),
  other("AVI", "RIFF\0\0\0\0AVI "),
  other("JPEG XL", "\xff\x0a"),
  other("JPEG 2000", "\0\0\0\x0cjP  "),
  other("Icon", "\0\0\x01\0"),
  other("Photoshop", "8BPS"),
  other("Web page", "<!doctype html>"),
  { format: "Other", variant: "Text", make: () => Buffer.from("no picture") },
  { format: "Other", variant: "Nothing", make: () => Buffer.alloc(0) },
];
