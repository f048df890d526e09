import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { parseJson } from "../text/json.js";

/** Read at once. Bytes. */
const chunk = 1 << 20;

/** We make no links: one that lies there leads elsewhere, and is not followed. Windows has no such flag. */
const { O_APPEND, O_CREAT, O_RDONLY, O_WRONLY, O_NOFOLLOW = 0 } = constants;
const appendFlags = O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW;
const readFlags = O_RDONLY | O_NOFOLLOW;

/**
 * A file of JSON lines that is only appended to, by any number of processes. Each entry is written at once and begins
 * with a line break, so that a line which a crash tore spoils itself alone. What does not parse is skipped.
 */
export class Journal<T> {
  private offset = 0;
  private inode = 0;

  constructor(
    readonly file: string,
    private readonly schema: z.ZodType<T>,
  ) {}

  /** On the disk when the promise resolves. */
  async append(entries: readonly T[]): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const handle = await open(this.file, appendFlags, 0o600);
    try {
      await handle.appendFile(entries.map((entry) => `\n${JSON.stringify(entry)}\n`).join(""));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /**
   * What was appended since the last call, by anyone.
   *
   * @param onRewritten told before everything is given again, because the file is another than it was
   */
  async readNew(onRewritten: () => void = () => undefined): Promise<T[]> {
    const entries: T[] = [];
    const handle = await open(this.file, readFlags).catch(() => undefined);
    if (!handle) {
      if (this.offset > 0) onRewritten();
      this.offset = 0;
      return entries;
    }
    try {
      const { size, ino } = await handle.stat();
      if (size < this.offset || (this.inode !== 0 && ino !== this.inode)) {
        this.offset = 0;
        onRewritten();
      }
      this.inode = ino;
      const buffer = Buffer.alloc(Math.min(chunk, size - this.offset));
      let rest = Buffer.alloc(0);
      for (let position = this.offset; position < size; ) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        const text = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const end = text.lastIndexOf(0x0a) + 1;
        entries.push(...this.parse(text.toString("utf8", 0, end)));
        rest = text.subarray(end);
        this.offset = position - rest.length;
      }
    } finally {
      await handle.close();
    }
    return entries;
  }

  /** Puts these entries in the place of all. Whoever reads finds the old ones or the new ones, whole. */
  async rewrite(entries: readonly T[]): Promise<void> {
    const fresh = `${this.file}.${process.pid}`;
    await rm(fresh, { force: true });
    await new Journal(fresh, this.schema).append(entries);
    await rename(fresh, this.file);
  }

  private parse(text: string): T[] {
    return text.split("\n").flatMap((line) => {
      if (line === "") return [];
      const parsed = this.schema.safeParse(parseJson(line));
      return parsed.success ? [parsed.data] : [];
    });
  }
}
