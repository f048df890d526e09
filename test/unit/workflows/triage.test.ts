import assert from "node:assert/strict";
import { issuePage, repositoryOf } from "../../../src/workflows/triage/issuePage.js";
import { fillTemplate } from "../../../src/workflows/triage/template/fill.js";
import { headingIn, itemIn } from "../../../src/workflows/triage/template/lines.js";
import { builtInTemplate, parseTemplate } from "../../../src/workflows/triage/template/template.js";
import { type EvaluatedTriage, triage } from "../../../src/workflows/triage/triage.js";
import { triageAnswer } from "../../support/cannedAnswers.js";
import { refused } from "../../support/expect.js";
import { seenPicture } from "../../support/geometry.js";
import { text } from "../../support/marks.js";

const judged = triage.evaluate(triageAnswer, [seenPicture("crash.png", 1280, 800)]);
const fill = (file: string, content: string, change: Partial<EvaluatedTriage> = {}) => {
  const template = parseTemplate(file, content);
  assert.ok(template);
  return fillTemplate(template, {
    judged: { ...judged, ...change },
    pictureLink: "![Screenshot](crash.png)",
  });
};

describe("triage", () => {
  it("has null for what the picture does not show", () => {
    assert.equal(judged.visibleState, null);
    assert.equal(judged.url?.value, "https://app.ledgerly.example/invoices/2041?tab=payments");
  });

  it("reports only what was read", () => {
    const { fields } = triage.report(judged, [seenPicture("crash.png", 1280, 800)]);
    assert.ok(fields.some(({ label, value }) => label === "Browser version" && value === "144"));
    assert.ok(!fields.some(({ label }) => label === "Visible state"));
  });
});

describe("a triage offline", () => {
  it("finds a request id, whatever it is called, and no other number", () => {
    const read = (words: string) =>
      triage.offline?.([
        seenPicture("crash.png", 1280, 800, {
          texts: [text("T1", 0, { x: 0, y: 0, width: 300, height: 20 }, { text: words })],
        }),
      ]).requestId?.value;
    assert.equal(read("Request ID: 01JD4-K7Q2"), "01JD4-K7Q2");
    assert.equal(read("trace-id=4bf92f3577b34da6"), "4bf92f3577b34da6");
    assert.equal(read("Correlation Id 9f3a-11c9"), "9f3a-11c9");
    assert.equal(read("Invoice 2041, customer 77"), undefined);
  });
});

describe("a triage's fields", () => {
  const fieldsOf = (change: Partial<typeof triageAnswer>) =>
    triage.report(triage.evaluate({ ...triageAnswer, ...change }, [seenPicture("crash.png", 1280, 800)]), [
      seenPicture("crash.png", 1280, 800),
    ]).fields;
  const field = (label: string, change: Partial<typeof triageAnswer> = {}) =>
    fieldsOf(change).find((one) => one.label === label);

  it("hold the id by which the event is found in a log, and fill it in where a template asks", () => {
    assert.equal(field("Request ID")?.value, "7f3a-11c9");
    const { body } = fill("bug.md", "## Trace ID\n\n## Environment\n");
    assert.match(body, /## Trace ID\n\n7f3a-11c9\n/);
    assert.match(body, /- Request ID: 7f3a-11c9/);
  });

  it("have the confidence that the answer gives: of the severity, too, and of what could not be read", () => {
    assert.equal(field("Severity")?.confidence, "medium");
    assert.equal(field("Error messages")?.confidence, "high");
    assert.equal(
      field("Error messages", { errorMessages: ["Error [unreadable] at start"] })?.confidence,
      "low",
    );
  });
});

describe("a Markdown template", () => {
  const github = `---
name: Bug report
about: Create a report
title: "[BUG]"
labels: bug, needs triage
---
**Describe the bug**
A clear and concise description of what the bug is.

**To Reproduce**
Steps to reproduce the behavior:
1. Go to '...'

**Screenshots**
If applicable, add screenshots.

**Desktop (please complete the following information):**
 - OS: [e.g. iOS]
 - Browser [e.g. chrome, safari]
 - Version [e.g. 22]
 - Favourite colour: [e.g. red]

## Workaround
<!-- how do you
## live with it
-->

**Additional context**
Add any other context about the problem here.
`;

  it("is filled in where the picture answers, and keeps its own text elsewhere", () => {
    const { title, body, labels, template } = fill(".github/ISSUE_TEMPLATE/bug.md", github);
    assert.equal(title, "[BUG] Recording a payment fails with TypeError in sumPayments");
    assert.deepEqual(labels, ["bug", "needs triage", "payments"]);
    assert.equal(template, "bug.md");
    assert.match(body, /\*\*Describe the bug\*\*\n\nA payment of 1\.250,00 EUR/);
    assert.match(body, /\*\*To Reproduce\*\*\n\n1\. Open Invoices\n2\. Open invoice 2041\n/);
    assert.match(body, /\*\*Screenshots\*\*\n\n!\[Screenshot\]\(crash\.png\)/);
    assert.match(
      body,
      / - OS: Windows 11\n - Browser: Firefox 144\n - Version: 4\.12\.3\n - Favourite colour: \[e\.g\. red\]/,
    );
    assert.match(body, /## Workaround\n<!-- how do you\n## live with it\n-->/);
    assert.ok(!body.includes("A clear and concise description"));
  });

  it("keeps the template's words when nothing was read", () => {
    const { body } = fill("bug.md", github, { steps: [], whatHappened: null });
    assert.match(body, /\*\*To Reproduce\*\*\nSteps to reproduce the behavior:\n1\. Go to '\.\.\.'/);
    assert.match(body, /A clear and concise description/);
  });

  it("shows errors verbatim, in a fence that they cannot close", () => {
    const { body } = fill("bug.md", "## Error messages\n", { errorMessages: ["```\n# <b>@all</b>"] });
    assert.ok(body.includes("````\n```\n# <b>@all</b>\n````"), body);
  });

  it("mentions nobody and links nothing", () => {
    const whatHappened = {
      value: "@octocat Fixes #1 ![x](http://evil.example)",
      confidence: "high",
    } as const;
    const { body } = fill("bug.md", "## What happened\n", { whatHappened });
    assert.ok(body.includes("`@octocat` Fixes `#1` !\\[x\\](`http://evil.example)`"), body);
  });

  it("is there without one in the workspace", () => {
    const { body } = fillTemplate(builtInTemplate, { judged, pictureLink: "![Screenshot](crash.png)" });
    for (const text of [
      "TypeError: Cannot read",
      "- Browser: Firefox 144",
      "critical: Payments cannot be recorded",
    ])
      assert.ok(body.includes(text), text);
  });
});

describe("an issue form", () => {
  const form = `
name: Bug
title: "Bug: "
labels: [bug]
body:
  - type: markdown
    attributes: { value: "Thanks!" }
  - type: textarea
    id: what
    attributes: { label: What happened? }
  - type: textarea
    id: logs
    attributes: { label: Relevant log output, render: shell }
  - type: input
    id: contact
    attributes: { label: Contact details, value: anonymous }
  - type: dropdown
    id: browsers
    attributes: { label: What browsers are you seeing the problem on?, options: [Chrome, Firefox, Safari] }
  - type: dropdown
    attributes: { label: Severity, options: [Low, Critical] }
  - type: checkboxes
    id: terms
    attributes: { label: Code of Conduct, options: [{ label: I agree, required: true }] }
`;

  it("is filled in field by field, each type", () => {
    const { title, body, fields } = fill(".github/ISSUE_TEMPLATE/bug.yml", form);
    assert.equal(title, "Bug: Recording a payment fails with TypeError in sumPayments");
    assert.ok(!body.includes("Thanks!"));
    assert.match(body, /### What happened\?\n\nA payment/);
    assert.match(
      body,
      /### Relevant log output\n\n```shell\nSomething went wrong\.[\s\S]*at sumPayments[\s\S]*\n```/,
    );
    assert.match(body, /### Contact details\n\nanonymous/);
    assert.match(body, /### What browsers[^\n]*\n\nFirefox/);
    assert.match(body, /### Severity\n\nCritical/);
    assert.match(body, /### Code of Conduct\n\n- \[ \] I agree/);
    assert.deepEqual(
      fields.map(({ id }) => id),
      ["what", "logs", "contact", "browsers"],
    );
  });

  it("chooses the option that is meant, and not one that its reason names (C11)", () => {
    const chosen = (options: string[], change: Partial<EvaluatedTriage>, label = "Severity") =>
      fill(
        ".github/ISSUE_TEMPLATE/form.yml",
        `name: Form\ndescription: d\nbody:\n  - type: dropdown\n    id: it\n    attributes:\n      label: ${label}\n      options: ${JSON.stringify(options)}\n`,
        change,
      ).fields[0]?.value;
    const minor = { severity: "minor", severityReason: "It is not critical: major parts work." } as const;
    assert.equal(chosen(["Critical", "Major", "Minor"], minor), "Minor");
    assert.equal(chosen(["1 - critical", "3 - minor"], minor), "3 - minor");
    assert.equal(chosen(["High", "Low"], minor), undefined);
    assert.equal(chosen(["Critical", "Minor"], { ...minor, severity: "unknown" }), undefined);
    const browser = { value: "Chrome for iOS", confidence: "high" } as const;
    assert.equal(chosen(["Chrome", "Chrome for iOS", "Safari"], { browser }, "Browser"), "Chrome for iOS");
    const windows = { value: "Windows 11", confidence: "high" } as const;
    assert.equal(chosen(["macOS", "Windows", "win"], { operatingSystem: windows }, "OS"), "Windows");
  });

  it("that is broken says so by its name", async () => {
    await refused(() => parseTemplate("bug.yml", "body: {"), /bug\.yml is not valid YAML/);
    await refused(() => parseTemplate("bug.yml", "body: 3"), /bug\.yml is no issue form/);
    assert.equal(parseTemplate("config.yml", "blank_issues_enabled: false"), undefined);
  });
});

describe("the host's new-issue page", () => {
  it("is known from the remote", () => {
    const github = { host: "GitHub", url: "https://github.com/o/r" };
    for (const remote of [
      "https://github.com/o/r.git",
      "https://token@github.com/o/r",
      "git@github.com:o/r.git",
      "ssh://git@github.com/o/r.git",
      "ssh://git@github.com:22/o/r",
    ])
      assert.deepEqual(repositoryOf(remote), github, remote);
    assert.deepEqual(repositoryOf("git@gitlab.example.org:group/sub/r.git"), {
      host: "GitLab",
      url: "https://gitlab.example.org/group/sub/r",
    });
    assert.equal(repositoryOf("git@github.example.com:o/r.git")?.url, "https://github.example.com/o/r");
    for (const remote of [
      "",
      "/srv/git/r.git",
      "https://bitbucket.org/o/r",
      "javascript:alert(1)",
      "https://notgithub.com/o/r",
    ])
      assert.equal(repositoryOf(remote), undefined, remote);
  });

  const issue = fillTemplate(builtInTemplate, { judged, pictureLink: "x" });

  it("is filled in: body on GitHub, description on GitLab, fields for a form", () => {
    const github = new URL(issuePage({ host: "GitHub", url: "https://github.com/o/r" }, issue).url);
    assert.equal(github.searchParams.get("title"), issue.title);
    assert.equal(github.searchParams.get("body"), issue.body);
    const gitlab = new URL(issuePage({ host: "GitLab", url: "https://gitlab.com/o/r" }, issue).url);
    assert.equal(gitlab.pathname, "/o/r/-/issues/new");
    assert.equal(gitlab.searchParams.get("issue[description]"), issue.body);
    const form = { ...issue, template: "bug.yml", fields: [{ id: "what", value: "x" }] };
    const filled = new URL(issuePage({ host: "GitHub", url: "https://github.com/o/r" }, form).url)
      .searchParams;
    assert.deepEqual(
      [filled.get("template"), filled.get("what"), filled.get("body")],
      ["bug.yml", "x", null],
    );
  });

  it("holds the title alone when the text is too long", () => {
    const { url, complete } = issuePage(
      { host: "GitHub", url: "https://github.com/o/r" },
      { ...issue, body: "x".repeat(9000) },
    );
    assert.equal(complete, false);
    assert.ok(url.length < 8000 && url.includes("title=") && !url.includes("body="));
  });
});

describe("a hostile template (S5)", () => {
  /** Steps that the host's own code takes are not seen from here, so time is: far from what any honest line takes. */
  const most = 64 * 1024;

  it("is taken apart in a time that grows with its length alone", () => {
    const parts = [" ", "-", "*", "**", "#", ":", "[", "]", "<!--", "-->", "a ", "\t", "- a", "## a"];
    for (const head of parts)
      for (const body of parts)
        for (const tail of ["", "x", "]", "-->", ":"]) {
          const line = `${head}${body.repeat(4000)}${tail}`;
          headingIn(line);
          itemIn(line);
          fill("bug.md", line.slice(0, most));
        }
  });

  it("is refused when it is larger than any that a person fills in", async () => {
    const form = `body:\n${"  - {type: input, attributes: {label: a}}\n".repeat(100_000)}`;
    await refused(() => parseTemplate("bug.yml", form), /bug\.yml is larger than 64 kB/);
    await refused(() => parseTemplate("bug.md", "a".repeat(most + 1)), /bug\.md is larger than 64 kB/);
  });

  it("offers options that no answer is compared with for long", () => {
    const option = `${"a ".repeat(15_000)}b`;
    const long = { value: "a ".repeat(50_000), confidence: "high" as const };
    const form = `body:\n  - {type: dropdown, attributes: {label: Description, options: ["${option}"]}}`;
    fill("bug.yml", form, { whatHappened: { ...judged.whatHappened, ...long } });
  });

  it("keeps what a heading and an item say", () => {
    assert.deepEqual(
      ["## Steps ##", "**Steps**:", "**Steps:**", "##", "**", "****", "Steps"].map(headingIn),
      ["Steps", "Steps", "Steps:", undefined, undefined, undefined, undefined],
    );
    assert.deepEqual(
      [
        "- OS: [e.g. iOS]",
        " * **OS:**",
        "- **OS** :",
        "- OS [e.g. iOS] <!-- a -->",
        "- OS",
        "- a: b: [c]",
      ].map(itemIn),
      [
        { label: "OS", before: "- OS:" },
        { label: "OS", before: " * **OS:**" },
        { label: "OS", before: "- **OS**:" },
        { label: "OS", before: "- OS:" },
        undefined,
        undefined,
      ],
    );
  });
});
