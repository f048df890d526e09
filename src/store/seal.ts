import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { constants } from "node:fs";
import { link, open, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { parseJson } from "../text/json.js";
import type { Storage } from "./storage.js";

const keyBytes = 32;

/** A text with its keyed checksum. */
const Sealed = z.object({ seal: z.base64(), text: z.string() });

/**
 * Seals what is kept with a key of this machine's own: what somebody else has put into the store, or changed in it, is
 * as if it were not there.
 */
export class Seal {
  private key: Promise<Buffer> | undefined;

  constructor(private readonly storage: Storage) {}

  /** @param about what the text belongs to: put elsewhere, it is not accepted */
  async seal(about: string, text: string): Promise<string> {
    return JSON.stringify({ seal: (await this.checksum(about, text)).toString("base64"), text });
  }

  /** The text that was sealed; undefined when it was not, or not by us. */
  async open(about: string, sealed: string): Promise<string | undefined> {
    const parsed = Sealed.safeParse(parseJson(sealed)).data;
    if (!parsed) return undefined;
    const [given, expected] = [Buffer.from(parsed.seal, "base64"), await this.checksum(about, parsed.text)];
    return given.length === expected.length && timingSafeEqual(given, expected) ? parsed.text : undefined;
  }

  private async checksum(about: string, text: string): Promise<Buffer> {
    this.key ??= this.readKey();
    return createHmac("sha256", await this.key)
      .update(JSON.stringify([about, text]))
      .digest();
  }

  /** Whoever comes first makes it, at once or not at all. Where nothing can be kept, it lasts as long as this process. */
  private async readKey(): Promise<Buffer> {
    const file = this.storage.path("key");
    const fresh = randomBytes(keyBytes);
    const mine = `${file}.${randomUUID()}`;
    try {
      await writeFile(mine, fresh, { flag: "wx", mode: 0o600 });
      await link(mine, file);
      return fresh;
    } catch {
      return (await readKeyFile(file)) ?? fresh;
    } finally {
      await rm(mine, { force: true }).catch(() => undefined);
    }
  }
}

/** Undefined where there is none that is whole. */
async function readKeyFile(path: string): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const buffer = Buffer.alloc(keyBytes);
    const { bytesRead } = await file.read(buffer, 0, keyBytes, 0);
    return bytesRead === keyBytes ? buffer : undefined;
  } finally {
    await file.close();
  }
}
