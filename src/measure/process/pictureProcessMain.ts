import { Socket } from "node:net";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import { UserError } from "../../errors.js";
import { type Opaque, standsOnGround } from "../../image/flatten.js";
import { forecastVisualTokens } from "../../image/forecast.js";
import { jpegQuality } from "../../image/jpegQuality.js";
import { preparePicture } from "../../image/prepare.js";
import { measure } from "../measure.js";
import type { Measurement } from "../measurement.js";
import { type LineReader, type Ocr, startOcr } from "../ocr.js";
import { coverPlaces } from "../redact.js";
import { viewPicture } from "../view.js";
import type { Compared, CompareRequest } from "./compareMessages.js";
import { readFrames, writeFrame } from "./frames.js";
import {
  type Activity,
  type ForecastRequest,
  type Inspection,
  type PictureRequest,
  type Prepared,
  type PrepareReply,
  type PrepareRequest,
  replyPipe,
  type ViewRequest,
} from "./messages.js";

/** The process that decodes: one picture in, measured and prepared out. Its parent is PictureProcess. */
const replies = new Socket({ fd: replyPipe, readable: false, writable: true });
// Nobody is there any more who would take them.
replies.on("error", () => process.exit());
const reply = (message: PrepareReply, onSent?: () => void): void =>
  writeFrame(replies, serialize(message), onSent);

readFrames(process.stdin, async (frame) => {
  // A file's bytes stay where they are in the frame: they are in memory once.
  const request: PictureRequest = deserialize(frame);
  reply(await answer(() => respond(request)));
});
process.stdin.on("close", () => process.exit());
new Worker(join(import.meta.dirname, "pictureWatch.js")).unref();

function respond(request: PictureRequest): Promise<Work> {
  if ("head" in request) return forecast(request);
  if ("view" in request) return view(request);
  return "before" in request ? compare(request) : prepare(request);
}

/** What a request is answered with when all goes well. */
type Work = Exclude<
  PrepareReply,
  { alive: string } | { broken: string } | { userError: object } | { unexpected: string }
>;

async function view({ bytes, view: options }: ViewRequest): Promise<Work> {
  return { view: await viewPicture(bytes, options) };
}

async function forecast({ head, limits }: ForecastRequest): Promise<{ visualTokens: number }> {
  return { visualTokens: await forecastVisualTokens(head, limits) };
}

async function prepare(request: PrepareRequest): Promise<Prepared> {
  const { bytes, name, limits, improve, inspection, cover = [], crops } = request;
  let measurement: Measurement | undefined;
  // The OCR starts while the picture is decoded.
  const ocr = inspection && ocrFor(inspection);
  ocr?.catch(() => undefined);
  const look = async (original: Opaque, shrunkBy: number) => {
    if (inspection && ocr) {
      measurement = await measure(original, {
        read: inPortions((await ocr).read),
        pixelRatio: inspection.pixelRatio === undefined ? undefined : inspection.pixelRatio / shrunkBy,
        jpegQuality: jpegQuality(bytes),
        needs: inspection.needs,
        findSecrets: inspection.coverSecrets,
        covers: cover,
      });
      const onGround = { status: "unmeasured" as const, reason: "What it stands on is transparent." };
      measurement.texts = measurement.texts.map((text) =>
        standsOnGround(original, text.box) ? { ...text, contrast: onGround } : text,
      );
    }
    const places = [...cover, ...(measurement?.secrets ?? []).map(({ box }) => box)];
    coverPlaces(original, places);
    // What is covered leaves no trace in the ink.
    if (measurement && improve) {
      const { inkMap, packInk } = await import("../ink/inkMap.js");
      measurement.ink = packInk(inkMap(original));
    }
    return places.length > 0;
  };
  const needed = inspection !== undefined || cover.length > 0;
  const picture = await preparePicture(bytes, name, limits, {
    improve,
    look: needed ? look : undefined,
    crops,
    onStep: stillAlive,
  });
  return { picture, measurement };
}

async function compare({ before, after, ignore, reading }: CompareRequest): Promise<Compared> {
  const { compareFiles } = await import("../compare/compareFiles.js");
  const read = reading && (async (lines: Parameters<LineReader>[0]) => (await ocrFor(reading)).read(lines));
  return compareFiles(before, after, { ignore, read: read && inPortions(read), onStep: stillAlive });
}

/** A page full of text takes long, but is no picture that hangs its decoder. */
const stillAlive = (alive: Activity): void => reply({ alive });

/** A picture that takes more has been made to. Bytes; the parent says how many. */
const mostMemory = Number(process.argv[2]);

/** Decoders take their memory beside ours, where no limit of Node's reaches: it is looked after from here. */
setInterval(() => {
  if (process.memoryUsage.rss() < mostMemory) return;
  const broken = "The picture takes more memory to decode than any honest one does.";
  reply({ broken }, () => process.exit());
}, 50).unref();

const inPortions =
  (read: LineReader): LineReader =>
  async (lines) => {
    const words: Awaited<ReturnType<LineReader>> = [];
    for (let from = 0; from < lines.length; from += portion) {
      words.push(...(await read(lines.slice(from, from + portion))));
      stillAlive("read through");
    }
    return words;
  };

/** Lines that are read between two signs of life. */
const portion = 64;

/** The OCR stays, for the next picture; for other languages it is started anew. */
let started: { key: string; ocr: Promise<Ocr> } | undefined;

function ocrFor({
  languages,
  languageFolder,
}: Pick<Inspection, "languages" | "languageFolder">): Promise<Ocr> {
  const bundled = join(import.meta.dirname, "languages");
  const folders = languageFolder === undefined ? [bundled] : [languageFolder, bundled];
  const key = JSON.stringify([languages, folders]);
  if (started?.key !== key) {
    void started?.ocr.then((ocr) => ocr.end());
    const ocr = startOcr({ worker: join(import.meta.dirname, "ocrWorker.js"), languages, folders });
    started = { key, ocr };
    ocr.catch(() => {
      started = undefined;
    });
  }
  return started.ocr;
}

async function answer(work: () => Promise<Work>): Promise<PrepareReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) {
      return { userError: { code: error.code, problem: error.problem, advice: error.advice } };
    }
    return { unexpected: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
