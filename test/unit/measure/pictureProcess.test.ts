import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { CancelledError } from "../../../src/errors.js";
import { findCodes } from "../../../src/measure/codes.js";
import { PictureProcess } from "../../../src/measure/process/pictureProcess.js";
import { drawnCode } from "../../support/codes.js";
import { refused } from "../../support/expect.js";
import { pixelsOf } from "../../support/measured.js";
import { current, fixture } from "../../support/pictures.js";

/** A stand-in for the decoder: it does what the picture's name says. */
const misbehaving = (() => {
  const file = join(mkdtempSync(join(tmpdir(), "decoder-")), "decoder.mjs");
  writeFileSync(
    file,
    `import { Socket } from "node:net";
    import { deserialize, serialize } from "node:v8";
    import { Worker } from "node:worker_threads";
    new Worker(${JSON.stringify(resolve("dist/pictureWatch.js"))}).unref();
    /** Milliseconds of CPU time. */
    const compute = (work) => {
      const start = process.cpuUsage();
      for (;;) {
        const { user, system } = process.cpuUsage(start);
        if (user + system > work * 1000) return;
      }
    };
    const replies = new Socket({ fd: 3, readable: false, writable: true });
    const frame = (bytes) => {
      const head = Buffer.alloc(4);
      head.writeUInt32LE(bytes.length);
      replies.write(head);
      replies.write(bytes);
    };
    const send = (reply) => frame(serialize(reply));
    const behaviours = {
      crash: () => process.kill(process.pid, "SIGSEGV"),
      loop: () => compute(Infinity),
      "stuck in measuring": () => {
        send({ alive: "look at" });
        setTimeout(() => compute(Infinity), 200);
      },
      slow: () => {
        let signs = 0;
        setInterval(() => {
          compute(300);
          send(++signs < 12 ? { alive: "decode" } : { picture: { name: "slow" } });
        }, 1);
      },
      "kept from working": () => setTimeout(() => send({ picture: { name: "late" } }), 4000),
      "stopped": () => undefined,
      "sends too much": () => send({ picture: { name: "large", bytes: Buffer.alloc(3_000_000) } }),
      "sends a flood": () => setInterval(() => {
        for (let signs = 0; signs < 1000; signs++) send({ alive: "look at" });
      }, 1),
      "announces too much": () => replies.write(Buffer.from([255, 255, 255, 255])),
      "sends nonsense": () => frame(Buffer.from("nonsense")),
      "sends something else": () => send({ pictures: [] }),
      key: () => send({ unexpected: String(process.env.ANTHROPIC_API_KEY) }),
    };
    let read = Buffer.alloc(0);
    const frames = [];
    process.stdin.on("data", (chunk) => {
      read = Buffer.concat([read, chunk]);
      while (read.length >= 4 && read.length >= 4 + read.readUInt32LE()) {
        const end = 4 + read.readUInt32LE();
        frames.push(read.subarray(4, end));
        read = read.subarray(end);
      }
      if (frames.length === 0) return;
      const { name } = deserialize(frames.splice(0)[0]);
      name in behaviours ? behaviours[name]() : send({ picture: { name } });
    });
    process.stdin.on("close", () => process.exit());`,
  );
  return file;
})();

/** Milliseconds of CPU time: starting a process takes a tenth of it. */
const mostSilentWork = 2_000;

describe("the decoding process", () => {
  const request = (name: string) => ({
    name,
    // What misbehaves is known by its content.
    bytes: Buffer.concat([fixture("flag.png"), Buffer.from(name)]),
    limits: current,
    improve: false,
  });
  let images: PictureProcess;
  afterEach(() => images.dispose());

  it("prepares pictures, one after another and at once", async () => {
    images = new PictureProcess("dist/pictureProcess.js");
    const names = ["a.png", "b.png", "c.png", "d.png", "e.png"];
    const pictures = await Promise.all(names.map((name) => images.prepare(request(name))));
    assert.deepEqual(
      pictures.map(({ picture: { name, width } }) => [name, width]),
      names.map((name) => [name, 80]),
    );
  });

  it("has every decoder in its bundle", async () => {
    images = new PictureProcess("dist/pictureProcess.js");
    for (const name of [
      "flag.jpg",
      "flag.avif",
      "flag.tiff",
      "flag.svg",
      "flag.bmp",
      "flag.heic",
      "three-frames.gif",
    ]) {
      const { picture } = await images.prepare({
        name,
        bytes: fixture(name),
        limits: current,
        improve: false,
      });
      assert.equal(picture.width, 80, name);
    }
  });

  it("covers a QR code in what is sent (S2)", async () => {
    images = new PictureProcess("dist/pictureProcess.js");
    const bytes = await drawnCode("otpauth://totp/marta?secret=JBSWY3DPEHPK3PXP", "QRCode", 8);
    const inspection = {
      languages: ["eng"],
      languageFolder: undefined,
      pixelRatio: undefined,
      needs: textNeeds,
      coverSecrets: true,
    };
    const { picture, measurement } = await images.prepare({ ...request("code.png"), bytes, inspection });
    assert.deepEqual(
      measurement?.secrets.map(({ kind }) => kind),
      ["qr"],
    );
    const codes = await Promise.all(picture.parts.map(async ({ bytes }) => findCodes(await pixelsOf(bytes))));
    assert.deepEqual(codes.flat(), []);
  });

  it("carries an error for people across", async () => {
    images = new PictureProcess("dist/pictureProcess.js");
    await refused(() => images.prepare({ ...request("x"), bytes: Buffer.from("%PDF-") }), /a PDF document/);
  });

  it("stops a picture that takes more memory than it may", async () => {
    images = new PictureProcess("dist/pictureProcess.js", { limits: { mostMemory: 1024 } });
    const slow = { ...request("flag.heic"), bytes: fixture("flag.heic") };
    await refused(() => images.prepare(slow), /takes more memory to decode than any honest one does/);
  });

  it("takes no more of an answer than it may have, and its picture is not tried again", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostOutput: 2_000_000 } });
    for (const name of ["sends too much", "sends a flood", "announces too much"]) {
      await refused(() => images.prepare(request(name)), /makes its decoder answer with more than 2 MB/);
      await refused(() => images.prepare(request(name)), /broke its decoder before/);
    }
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("takes an answer that is none for a crash", async () => {
    images = new PictureProcess(misbehaving);
    for (const name of ["sends nonsense", "sends something else"])
      await refused(() => images.prepare(request(name)), /crashed its decoder/);
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("says which step takes too long", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostSilentWork } });
    await refused(() => images.prepare(request("loop")), /more than 2 seconds of computing to decode.*PNG/);
    await refused(
      () => images.prepare(request("stuck in measuring")),
      /more than 2 seconds of computing to look at.*smaller part/,
    );
  });

  it("survives a decoder that crashes: the next picture is prepared", async () => {
    images = new PictureProcess(misbehaving);
    await refused(() => images.prepare(request("crash")), /crashed its decoder/);
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("is not given again what broke it, whatever its name", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostSilentWork } });
    const { bytes } = request("crash");
    await refused(() => images.prepare(request("crash")), /crashed its decoder/);
    await refused(() => images.prepare({ ...request("fine"), bytes }), /broke its decoder before/);
    await refused(() => images.prepare(request("loop")), /of computing to decode/);
    await refused(() => images.prepare(request("loop")), /broke its decoder before/);
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("gives up on one that shows signs of life for ever", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostWork: 2_500 } });
    await refused(() => images.prepare(request("slow")), /more than 2.5 seconds of computing to decode/);
  });

  it("gives up on a decoder that hangs", async () => {
    images = new PictureProcess(misbehaving, { most: 1, limits: { mostSilentWork } });
    const [hung, next] = await Promise.allSettled([
      images.prepare(request("loop")),
      images.prepare(request("fine")),
    ]);
    assert.equal(hung.status, "rejected");
    assert.match(String(hung.status === "rejected" && hung.reason), /of computing to decode/);
    assert.equal(next.status === "fulfilled" && next.value.picture.name, "fine");
  });

  it("waits for a slow one that shows signs of life", async () => {
    images = new PictureProcess(misbehaving, { most: 1, limits: { mostSilentWork } });
    assert.equal((await images.prepare(request("slow"))).picture.name, "slow");
  });

  it("does not blame a picture for a machine that keeps its process from working (M15)", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostSilentWork } });
    assert.equal((await images.prepare(request("kept from working"))).picture.name, "late");
  });

  it("gives up on a process that never gets to work, but not on its picture (M15)", async () => {
    images = new PictureProcess(misbehaving, { limits: { mostSilentWork, mostSilence: 1_000 } });
    const { bytes } = request("stopped");
    await refused(() => images.prepare(request("stopped")), /Nothing was done .* for 1 second: .* too busy/);
    assert.equal((await images.prepare({ ...request("fine"), bytes })).picture.name, "fine");
  });

  it("gives no picture to a process that is just ending for want of work", async () => {
    images = new PictureProcess(misbehaving, { idleTime: 0 });
    for (let round = 0; round < 5; round++) {
      assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
      await pause(2);
    }
  });

  it("is stopped at once by a cancellation", async () => {
    images = new PictureProcess(misbehaving, { most: 1 });
    const stop = new AbortController();
    const waiting = images.prepare(request("loop"), stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(waiting, CancelledError);
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("is not waited for by who has cancelled (C8)", async () => {
    images = new PictureProcess(misbehaving, { most: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const looping = images.prepare(request("loop"), first.signal);
    const waiting = images.prepare(request("fine"), second.signal);
    second.abort();
    await assert.rejects(waiting, CancelledError);
    first.abort();
    await assert.rejects(looping, CancelledError);
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("that the system does not start fails its picture alone, in words (C8)", async () => {
    images = new PictureProcess(misbehaving, { most: 2 });
    const { execPath } = process;
    process.execPath = join(tmpdir(), "no-such-node");
    try {
      for (let times = 0; times < 3; times++)
        await refused(() => images.prepare(request("fine")), /could not be started.*Close other programs/);
    } finally {
      process.execPath = execPath;
    }
    assert.equal((await images.prepare(request("fine"))).picture.name, "fine");
  });

  it("knows nothing of the key", async () => {
    process.env.ANTHROPIC_API_KEY = "sk-secret";
    images = new PictureProcess(misbehaving);
    try {
      await assert.rejects(images.prepare(request("key")), /undefined/);
    } finally {
      delete process.env.ANTHROPIC_API_KEY;
    }
  });
});
