import { realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.js";
import { oneLine } from "../text/plain.js";

/** The folders whose files an agent may have read. */
export class Roots {
  private constructor(
    /** Without links, absolute; at least one. */
    private readonly folders: readonly [string, ...string[]],
  ) {}

  /**
   * @param named by the person; none of them: the working folder
   * @throws UserError when one is no folder
   */
  static async of(named: readonly string[]): Promise<Roots> {
    const [first = process.cwd(), ...others] = named;
    return new Roots([await folderAt(first), ...(await Promise.all(others.map(folderAt)))]);
  }

  /**
   * The real path of a file that an agent names, absolute or from the first folder.
   *
   * @throws UserError when it is not there, is no regular file, or lies outside of the folders, also by a link
   */
  async find(named: string): Promise<string> {
    if (named.includes("\0")) throw this.missing(named);
    const path = resolve(this.folders[0], named);
    // What lies outside is not looked for: whether it is there is nobody's business.
    if (!this.isInside(path)) throw this.outside(named);
    const real = await realpath(path).catch(() => {
      throw this.missing(named);
    });
    if (!this.isInside(real)) throw this.outside(named);
    if (!(await stat(real)).isFile())
      throw new UserError({
        code: "wrongInput",
        problem: "This is no regular file.",
        advice: "Name one file by its path.",
        picture: oneLine(basename(named)),
      });
    return real;
  }

  /** How a file's path is said: from the folder that it lies in, with forward slashes. */
  shown(real: string): string {
    const folder = this.folders.find((root) => isWithin(real, root)) ?? this.folders[0];
    return relative(folder, real).split(sep).join("/");
  }

  private isInside(path: string): boolean {
    return this.folders.some((folder) => isWithin(path, folder));
  }

  private missing(named: string): UserError {
    return new UserError({
      code: "wrongInput",
      problem: `There is no file ${oneLine(named)}.`,
      advice: `Name a file by its path, absolute or from ${this.folders[0]}.`,
    });
  }

  private outside(named: string): UserError {
    return new UserError({
      code: "wrongInput",
      problem: `${oneLine(named)} lies outside of the folders that may be read.`,
      advice: `Name a file in ${this.folders.join(" or ")}, or ask the person to start this server with --root and its folder.`,
    });
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

async function folderAt(named: string): Promise<string> {
  const real = await realpath(named).catch(() => undefined);
  if (real !== undefined && (await stat(real)).isDirectory()) return real;
  throw new UserError({
    code: "wrongInput",
    problem: `--root: there is no folder ${oneLine(named)}.`,
    advice: "Name a folder whose files agents may have read.",
  });
}
