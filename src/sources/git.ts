import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { CancelledError, UserError } from "../errors.js";
import { mostBytes } from "../image/caps.js";
import { pictureExtensions } from "../image/format.js";
import { sha256 } from "../image/sha256.js";
import { plainName } from "../text/plain.js";
import type { SourcePicture } from "./picture.js";
import type { Source } from "./source.js";

/** What git may take to answer. Milliseconds. */
const longest = 30_000;
/** Lists and names. Bytes. */
const mostListed = 32 * 1024 * 1024;

/**
 * As people and scripts write revisions: a branch, a tag, a hash, `HEAD~2`, `@{upstream}`. None begins with a hyphen,
 * which would be an option.
 */
const revision = /^(?!-)[\p{L}\p{N}._/@{}^~+#=-]{1,200}$/u;

/** A version of a file or a folder. */
export interface GitPlace {
  revision: string;
  /** As it was named: from the working folder, or absolute. */
  path: string;
}

/** Reads `git:REV:path`; undefined for any other place. */
export function gitPlaceOf(place: string): GitPlace | undefined {
  const [, rev, path] = /^git:([^:]*):(.+)$/s.exec(place) ?? [];
  return rev === undefined || path === undefined ? undefined : { revision: rev, path };
}

export const gitPlace = (rev: string, path: string): string => `git:${rev}:${path}`;

/** A revision's pictures: git itself is asked. It reads its own store, and runs nothing of the repository. */
export const gitSource: Source = {
  accepts: async (place) => gitPlaceOf(place) !== undefined,
  places: async function* (place) {
    const { revision: rev, path } = parsed(place);
    const { folder, name } = await standing(path);
    const listed = await git(folder, [
      "ls-tree",
      "-r",
      "-z",
      "--name-only",
      await commitOf(folder, rev),
      "--",
      name,
    ]);
    const files = listed.toString("utf8").split("\0").filter(isPicture);
    // A file is listed by its own name, a folder by what lies in it.
    for (const file of files.sort()) yield gitPlace(rev, isAbsolute(path) ? join(folder, file) : file);
  },
  open: openVersion,
};

const isPicture = (name: string): boolean =>
  pictureExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`));

async function openVersion(place: string, signal?: AbortSignal): Promise<SourcePicture> {
  const { revision: rev, path } = parsed(place);
  const { folder, name } = await standing(path);
  const blob = `${await commitOf(folder, rev, signal)}:./${name}`;
  const size = Number((await git(folder, ["cat-file", "-s", blob], signal, missing(rev, path))).toString());
  if (size > mostBytes)
    throw unusable(`That version is larger than ${mostBytes / 1024 / 1024} MB.`, "Choose another one.");
  const bytes = await git(folder, ["cat-file", "blob", blob], signal, missing(rev, path));
  if (bytes.subarray(0, 60).toString("latin1").startsWith("version https://git-lfs"))
    throw unusable(
      "Git holds a pointer of Git LFS there, not the picture itself.",
      "Check the version out into a folder, and compare with that.",
    );
  return { name: plainName(basename(path)), id: sha256(bytes), bytes: async () => bytes, uri: place };
}

/** The folder that git is asked in, and the path from there: the nearest that is there now, as the path may be gone. */
async function standing(path: string): Promise<{ folder: string; name: string }> {
  if (!isAbsolute(path)) return { folder: process.cwd(), name: path.replaceAll("\\", "/") };
  const isFolder = (place: string) =>
    stat(place).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
  if (await isFolder(path)) return { folder: path, name: "." };
  const names = [basename(path)];
  let folder = dirname(path);
  while (!(await isFolder(folder)) && dirname(folder) !== folder) {
    names.unshift(basename(folder));
    folder = dirname(folder);
  }
  return { folder, name: names.join("/") };
}

/**
 * The commit that a revision names.
 *
 * @throws UserError when there is none
 */
export async function commitOf(folder: string, rev: string, signal?: AbortSignal): Promise<string> {
  const unknown = unusable(
    `There is no revision “${plainName(rev)}” in this repository.`,
    "Name a branch, a tag or a commit.",
  );
  if (!revision.test(rev)) throw unknown;
  const found = await git(
    folder,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`],
    signal,
    unknown,
  );
  return found.toString("utf8").trim();
}

/** A commit that touched a file. */
export interface Touch {
  commit: string;
  /** Such as 2026-11-28. */
  day: string;
  subject: string;
}

/** The latest commits that touched a file, the newest first. */
export async function commitsTouching(file: string, most = 50): Promise<Touch[]> {
  const { folder, name } = await standing(resolve(file));
  const log = await git(folder, [
    "log",
    "--no-show-signature",
    "-z",
    `-n${most}`,
    "--format=%H%x09%cs%x09%s",
    "--",
    name,
  ]);
  return log
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const [commit = "", day = "", ...subject] = line.split("\t");
      return commit === "" ? [] : [{ commit, day, subject: plainName(subject.join(" ")) }];
    });
}

/**
 * Where the work on the current branch began: the merge base of HEAD and the upstream's default branch.
 *
 * @returns undefined where there is no such branch
 * @throws UserError where there is no git or no repository
 */
export async function mergeBase(folder: string): Promise<{ branch: string; commit: string } | undefined> {
  await git(folder, ["rev-parse", "--git-dir"]);
  for (const branch of ["origin/HEAD", "origin/main", "origin/master", "upstream/main", "main", "master"]) {
    const base = await git(folder, ["merge-base", "HEAD", branch]).catch(() => undefined);
    if (base) return { branch, commit: base.toString("utf8").trim() };
  }
  return undefined;
}

function parsed(place: string): GitPlace {
  const found = gitPlaceOf(place);
  if (!found) throw new Error(`${place} names no revision`);
  return found;
}

const unusable = (problem: string, advice: string, cause?: unknown): UserError =>
  new UserError({ code: "pictureUnusable", problem, advice, cause });

const missing = (rev: string, path: string): UserError =>
  unusable(`There is no ${plainName(path)} in ${plainName(rev)}.`, "Choose another revision.");

/** Nothing is asked of a person or fetched from a server. */
const environment = () => ({
  ...process.env,
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  // A git that does not know that one asks no server either.
  GIT_ALLOW_PROTOCOL: "none",
  LC_ALL: "C",
});

/**
 * Asks git, without a shell.
 *
 * @param failure what is said when git refuses; by default, what git says itself
 * @throws UserError when there is no git, or it refuses
 */
function git(
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
  failure?: UserError,
): Promise<Buffer> {
  const maxBuffer = Math.max(mostListed, mostBytes);
  const options = {
    cwd: folder,
    env: environment(),
    encoding: "buffer" as const,
    maxBuffer,
    timeout: longest,
  };
  return new Promise((resolvePromise, reject) => {
    execFile("git", [...args], { ...options, ...(signal ? { signal } : {}) }, (error, out, err) => {
      if (!error) return resolvePromise(out);
      if (signal?.aborted) return reject(new CancelledError());
      if (error.code === "ENOENT")
        return reject(
          new UserError({
            code: "wrongInput",
            problem: "Git was not found: it is asked for what a revision holds.",
            advice: "Install git and put it on the PATH.",
            cause: error,
          }),
        );
      const said = plainName(err.toString("utf8").split("\n")[0] ?? "");
      reject(
        failure ?? unusable(`Git refused: ${said || "it gave no reason"}.`, "Look at the repository.", error),
      );
    });
  });
}
