import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { UserError } from "../../../src/errors.js";
import { PictureProcess } from "../../../src/measure/process/pictureProcess.js";
import { refused } from "../../support/expect.js";
import { writePdf } from "../../support/pdf.js";
import { current } from "../../support/pictures.js";

const title = { text: "An ordinary page", x: 72, y: 700, size: 20 };

/** A stream as an object; compressed, a little of it can become a lot. */
const stream = (entries: string, bytes: Buffer): string =>
  `<< ${entries} /Length ${bytes.length} >>\nstream\n${bytes.toString("latin1")}\nendstream`;

describe("hostile PDFs", () => {
  let images: PictureProcess;
  afterEach(() => images.dispose());
  const prepare = (bytes: Buffer, limits = {}) => {
    images = new PictureProcess("dist/pictureProcess.js", { limits });
    return images.prepare({ bytes, name: "hostile.pdf", limits: current, improve: false, part: { page: 1 } });
  };

  it("are looked at without running what they carry", async () => {
    const carried = [
      "<< /S /JavaScript /JS (app.launchURL\\('https://example.invalid'\\); while\\(true\\){}) >>",
      "<< /S /Launch /F (/bin/sh) >>",
      "<< /S /URI /URI (https://example.invalid) >>",
      "<< /S /SubmitForm /F << /FS /URL /F (https://example.invalid) >> >>",
      "<< /S /ImportData /F (/etc/passwd) >>",
    ];
    for (const [index] of carried.entries()) {
      const action = `${1_000_000 + index} 0 R`;
      const pdf = writePdf(
        [{ content: [title], entries: `/AA << /O ${action} /C ${action} >>` }],
        `/OpenAction ${action} /Names << /JavaScript << /Names [(x) ${action}] >> >>`,
        carried,
      );
      const { picture } = await prepare(pdf);
      assert.equal(picture.width, 1632);
      images.dispose();
    }
  });

  it("may embed files, which nobody opens", async () => {
    const pdf = writePdf(
      [{ content: [title] }],
      "/Names << /EmbeddedFiles << /Names [(x.exe) << /Type /Filespec /F (x.exe) /EF << /F 1000000 0 R >> >>] >> >>",
      [stream("/Type /EmbeddedFile", Buffer.from("MZ"))],
    );
    assert.equal((await prepare(pdf)).picture.width, 1632);
  });

  it("may refer to themselves: a form that draws itself, pages that are their own children", async () => {
    const form = stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 1000000 0 R >> >>",
      Buffer.from("/Fm Do /Fm Do"),
    );
    const own = writePdf(
      [
        {
          content: [title, "/Fm Do"],
          entries: "/Resources << /Font << /F0 3 0 R >> /XObject << /Fm 1000000 0 R >> >>",
        },
      ],
      "",
      [form],
    );
    await assert.rejects(prepare(own), UserError);
    images.dispose();
    const tree = Buffer.from(
      String(writePdf([{ content: [title] }])).replace("/Kids [10 0 R]", "/Kids [ 2 0 R]"),
      "latin1",
    );
    await assert.rejects(prepare(tree), UserError);
  });

  it("may lie about how many pages they have", async () => {
    const pdf = Buffer.from(
      String(writePdf([{ content: [title] }])).replace("/Count 1 ", "/Count 9 "),
      "latin1",
    );
    images = new PictureProcess("dist/pictureProcess.js");
    const request = { bytes: pdf, name: "x.pdf", limits: current, improve: false, part: { page: 9 } };
    await assert.rejects(images.prepare(request), UserError);
  });

  it("end by the limits where they would draw for ever, and are not tried again", async () => {
    const endless = deflateSync(Buffer.from("0 0 600 700 re f 0 0 m 600 700 l S\n".repeat(100_000)));
    const pdf = writePdf([{ entries: "/Contents 1000000 0 R" }], "", [
      stream("/Filter /FlateDecode", endless),
    ]);
    const again = async () => prepare(pdf, { mostSilentWork: 3_000, mostWork: 3_000 });
    await refused(again, /takes more than 3 seconds of computing to decode/);
  });

  it("end by the limits where they would unpack for ever", async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(300_000_000)));
    const image = stream(
      "/Type /XObject /Subtype /Image /Width 17000 /Height 17000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/FlateDecode /FlateDecode]",
      bomb,
    );
    const pdf = writePdf(
      [
        {
          content: ["q 600 0 0 700 0 0 cm /Im Do Q"],
          entries: "/Resources << /XObject << /Im 1000000 0 R >> >>",
        },
      ],
      "",
      [image],
    );
    assert.ok(pdf.length < 100_000, String(pdf.length));
    // Whichever comes first: the memory's limit, or the page without the picture.
    const outcome = await prepare(pdf, { mostMemory: 600 * 1024 ** 2, mostSilentWork: 20_000 }).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error) assert.ok(outcome instanceof UserError, String(outcome));
    else if (!(outcome && typeof outcome === "object" && "picture" in outcome))
      assert.fail("nothing came back");
  });
});
