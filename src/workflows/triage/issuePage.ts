import type { FilledIssue } from "./template/fill.js";

/** A repository on a host whose new-issue page can be opened with text in it. */
export interface Repository {
  host: "GitHub" | "GitLab";
  /** https, without a slash at the end. */
  url: string;
}

/** Longer addresses are refused by the hosts (GitHub answers 414 above about 8 kB). Characters. */
const longestUrl = 8_000;

/** The repository behind a Git remote; undefined for a host that we do not know. */
export function repositoryOf(remote: string): Repository | undefined {
  const match =
    /^(?:https:\/\/(?:[^@/]+@)?|(?:ssh|git):\/\/(?:[^@/]+@)?|[^@/\s]+@)([\w.-]+)(?::\d+(?=\/))?[:/]([^?#\s]+?)(?:\.git)?\/?$/.exec(
      remote,
    );
  const [, server = "", path = ""] = match ?? [];
  if (!match || path.split("/").length < 2) return undefined;
  const url = `https://${server}/${path}`;
  if (!URL.canParse(url)) return undefined;
  if (/(^|\.)github\b/.test(server)) return { host: "GitHub", url };
  return /(^|\.)gitlab\b/.test(server) ? { host: "GitLab", url } : undefined;
}

/**
 * The address of a host's new-issue page, filled in.
 *
 * @returns `complete` is false when the text is too long for an address: then it holds the title alone, and
 *   the body has to be pasted
 */
export function issuePage({ host, url }: Repository, issue: FilledIssue): { url: string; complete: boolean } {
  const page = host === "GitHub" ? `${url}/issues/new` : `${url}/-/issues/new`;
  const title: Array<[string, string]> = [[host === "GitHub" ? "title" : "issue[title]", issue.title]];
  const address = (query: Array<[string, string]>) => `${page}?${new URLSearchParams(query).toString()}`;
  const whole = address([...title, ...contents(host, issue)]);
  return whole.length <= longestUrl
    ? { url: whole, complete: true }
    : { url: address(title), complete: false };
}

function contents(host: Repository["host"], issue: FilledIssue): Array<[string, string]> {
  if (host === "GitLab") return [["issue[description]", issue.body]];
  const labels: Array<[string, string]> = issue.labels.length > 0 ? [["labels", issue.labels.join(",")]] : [];
  // A form is filled in field by field; it takes no body.
  if (issue.fields.length > 0) {
    return [
      ["template", issue.template],
      ...labels,
      ...issue.fields.map(({ id, value }): [string, string] => [id, value]),
    ];
  }
  return [...labels, ["body", issue.body]];
}
