import { sha256OfFile } from "../../src/sources/file.js";

/** Files that are read at once. */
const atOnce = 8;

/** The files of each content. A million paths are a few hundred megabytes; contents are read through, and not held. */
export async function byContent(paths: AsyncIterable<string>): Promise<Map<string, string[]>> {
  const contents = new Map<string, string[]>();
  const reading = new Set<Promise<void>>();
  for await (const path of paths) {
    const read = sha256OfFile(path).then((hash) => {
      const same = contents.get(hash);
      if (same) same.push(path);
      else contents.set(hash, [path]);
      reading.delete(read);
    });
    reading.add(read);
    if (reading.size >= atOnce) await Promise.race(reading);
  }
  await Promise.all(reading);
  return contents;
}
