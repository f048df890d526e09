import assert from "node:assert/strict";
import fc from "fast-check";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { refused } from "../../support/expect.js";
import { type Colour, current, difference, pixel, plainPicture } from "../../support/pictures.js";

const red: Colour = [0xc0, 0x20, 0x20];
const white: Colour = [255, 255, 255];

const drawing = (inside: string, head = "", root = "") =>
  Buffer.from(
    `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" ${root}>${inside}</svg>`,
  );
const prepare = (bytes: Uint8Array) => preparePicture(bytes, "x.svg", current);

async function shows(bytes: Uint8Array, x: number, y: number, colour: Colour): Promise<string[]> {
  const { parts, notes } = await prepare(bytes);
  const found = await pixel(parts[0].bytes, x, y);
  assert.ok(difference(found, colour) <= 3, `at ${x},${y}: ${found} is not ${colour}`);
  return notes;
}

const redSquare = '<rect width="40" height="40" fill="#c02020"/>';

describe("SVG", () => {
  it("is drawn when it is plain, without a note", async () => {
    assert.deepEqual(await shows(drawing(redSquare), 20, 20, red), []);
  });

  it("is drawn with the document type that Graphviz, draw.io and matplotlib write", () =>
    shows(
      drawing(
        redSquare,
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- Generated -->\n',
      ),
      20,
      20,
      red,
    ));

  it("is measured in browsers' units: 96 pixels an inch", async () => {
    const bytes = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="75pt" height="2in"><rect width="1in" height="36pt" fill="#c02020"/><g style="fill:#c02020"><rect y="100" width="36pt" height="10"/></g></svg>`,
    );
    const { width, height } = await openPicture(bytes);
    assert.deepEqual([width, height], [100, 192]);
    await shows(bytes, 94, 46, red);
    await shows(bytes, 97, 40, white);
    await shows(bytes, 47, 105, red);
  });

  it("is drawn with its shadow", async () => {
    const shadow =
      '<filter id="f" x="-1" y="-1" width="3" height="3"><feDropShadow dx="12" dy="0" stdDeviation="0.1" flood-color="#c02020"/></filter>';
    const square = (more: string) => `<rect ${more} x="4" y="4" width="10" height="30"/>`;
    const paper = '<rect width="40" height="40" fill="#fff"/>';
    for (const use of ['filter="url(#f)"', 'style="filter:url(#f)"'])
      assert.deepEqual(await shows(drawing(paper + shadow + square(use)), 20, 20, red), []);
  });

  it("is drawn without an effect that could take for ever, and says so", async () => {
    const noise = '<filter id="f"><feTurbulence baseFrequency="0.1" numOctaves="9"/></filter>';
    for (const use of ['filter="url(#f)"', 'style="filter:url(#f)"', 'class="n"']) {
      const bytes = drawing(`<style>.n{filter:url(#f)}</style>${noise}<g ${use}>${redSquare}</g>`);
      const notes = await shows(bytes, 20, 20, red);
      assert.match(
        notes.join(),
        /effect that is not drawn here \(feTurbulence\); its shadows and effects were left out/,
      );
    }
  });

  it("is drawn without its shadows where there are too many for its size, and says so", async () => {
    const many = `<filter id="f"><feDropShadow dx="2" dy="2" stdDeviation="4"/></filter>${'<rect filter="url(#f)" width="1" height="1"/>'.repeat(200)}`;
    const bytes = drawing(many + redSquare, "", 'viewBox="0 0 40 40"').toString();
    const large = Buffer.from(bytes.replace('width="40" height="40"', 'width="1200" height="1200"'));
    assert.match((await shows(large, 600, 600, red)).join(), /would take minutes to draw and were left out/);
  });

  it("counts every step of a filter, wherever it is named", async () => {
    const steps = Array.from({ length: 90 }, (_, index) => `<feOffset dx="0" result="r${index}"/>`).join("");
    for (const use of ['filter="url(#f)"', 'class="a"', `filter="${"blur(1px) ".repeat(30)}"`]) {
      const bytes = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"><style>.a{filter:url(#f)}</style><filter id="f">${steps}</filter><g ${use}><rect width="3000" height="3000" fill="#c02020"/></g></svg>`;
      assert.match(
        (await openPicture(Buffer.from(bytes))).notes.join(),
        /would take minutes to draw and were left out/,
      );
    }
  });

  it("says that labels in HTML are not drawn, and draws the plain ones beside them", async () => {
    const label =
      '<foreignObject width="40" height="40"><div xmlns="http://www.w3.org/1999/xhtml">Save</div></foreignObject>';
    const notes = await shows(drawing(`<switch>${label}${redSquare}</switch>${label}`), 20, 20, red);
    assert.match(notes.join(), /^2 parts of the SVG are written as HTML .* not drawn here/);
  });

  it("is drawn with a small picture within, and says when one is left out", async () => {
    const png = (await plainPicture(10, 10, "#c02020").png().toBuffer()).toString("base64");
    const image = `<image width="40" height="40" href="data:image/png;base64,${png}"/>`;
    assert.deepEqual(await shows(drawing(image), 20, 20, red), []);
    const nested = `<image width="40" height="40" href="data:image/svg+xml;base64,${drawing(redSquare).toString("base64")}"/>`;
    assert.match(
      (await shows(drawing(nested), 20, 20, white)).join(),
      /Pictures within the SVG that were left out.*: 1\./,
    );
  });

  it("says that typefaces and movement are left out", async () => {
    const style = "<style>@font-face{font-family:A;src:url(https://example.com/a.woff2)}</style>";
    const moving = '<animate attributeName="x" from="0" to="9" dur="1s"/>';
    const notes = await shows(drawing(style + redSquare + moving), 20, 20, red);
    assert.match(notes.join(), /animated.*typefaces of its own/);
  });

  it("keeps styles, gradients, copies, clips and text as they were", async () => {
    const bytes = drawing(
      `<defs><linearGradient id="g"><stop stop-color="#c02020"/></linearGradient><clipPath id="c"><rect width="20" height="40"/></clipPath><rect id="r" width="40" height="40"/></defs>` +
        `<style>/* > */ .a > use { fill: url("#g") }</style><g class="a" clip-path="url(#c)"><use xlink:href="#r"/></g><text x="1" y="60">a &lt; b &amp; c</text>`,
    );
    await shows(bytes, 10, 20, red);
    await shows(bytes, 30, 20, white);
  });

  const hostile: Array<[string, string, string?]> = [
    ["an inclusion", '<text><xi:include href=".env" parse="text"/></text>'],
    [
      "an inclusion under another name",
      '<text><é:include xmlns:é="http://www.w3.org/2001/XInclude" href="x"/></text>',
    ],
    ["entities", "<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a "b">]>'],
    ["a linked picture", '<image href="https://example.com/x.png"/>'],
    ["a linked picture with its prefix", '<image xlink:href="//example.com/x.png"/>'],
    ["a copy of something outside", '<use href="other.svg#a"/>'],
    ["an import", "<style>@import url(https://example.com/x.css);</style>"],
    ["an escaped import", "<style>@im\\70ort 'x.css';</style>"],
    ["an escaped URL", '<rect style="fill:url(&#104;ttps://example.com)"/>'],
    ["a URL escaped in CSS", '<rect style="fill:u\\72l(x.svg#a)"/>'],
    ["a URL in an attribute", '<rect fill="url(x.svg#a)"/>'],
    ["a style sheet", "", '<?xml-stylesheet href="x.css"?>'],
    ["elements nested without end", `${"<g>".repeat(600)}${"</g>".repeat(600)}`],
    [
      "copies of copies",
      Array.from(
        { length: 20 },
        (_, index) => `<g id="g${index}">${`<use href="#g${index + 1}"/>`.repeat(10)}</g>`,
      ).join(""),
    ],
  ];
  for (const [name, inside, head] of hostile) {
    it(`with ${name} is refused`, () => refused(() => prepare(drawing(inside, head)), /The SVG holds/));
  }

  it("with layer within layer is refused for the memory that it takes, whatever its prefixes are", () =>
    refused(
      () =>
        prepare(
          Buffer.from(
            `<é:svg xmlns:é="http://www.w3.org/2000/svg" width="7000" height="7000">${'<é:g opacity="0.9">'.repeat(36)}<é:rect width="7000" height="7000"/>${"</é:g>".repeat(36)}</é:svg>`,
          ),
        ),
      /36 transparent layers within each other, which take too much memory/,
    ));

  it("that is not well-formed is damaged", () =>
    refused(() => prepare(drawing("<g>")), /SVG file is damaged/));

  it("in another encoding is read, or refused for it", async () => {
    await shows(
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(drawing(redSquare).toString(), "utf16le")]),
      20,
      20,
      red,
    );
    const latin = '<?xml version="1.0" encoding="ISO-8859-1"?>';
    await shows(Buffer.from(drawing(`${redSquare}<text>é</text>`, latin).toString(), "latin1"), 20, 20, red);
    await refused(() => prepare(drawing("", '<?xml version="1.0" encoding="UTF-7"?>')), /not UTF-8/);
  });

  it("is given to the renderer in words of ours, whatever its texts and attributes say", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const safe = text
          .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, "")
          .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
        const bytes = drawing(
          `<g id="${safe}" font-family="${safe.replaceAll("(", "")}"><title>${safe}</title></g><desc>${safe}</desc>${redSquare}`,
        );
        const { data } = await sharp((await prepare(bytes)).parts[0].bytes)
          .raw()
          .toBuffer({ resolveWithObject: true });
        assert.ok(Math.abs((data[0] ?? 0) - red[0]) <= 3);
      }),
      { numRuns: 40 },
    ));
});
