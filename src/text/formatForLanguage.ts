/** The sign that begins a comment line, by VS Code language id. Languages without one are not here. */
const lineComments: ReadonlyArray<[string, readonly string[]]> = [
  [
    "//",
    "c cpp csharp cuda-cpp dart fsharp go groovy java javascript javascriptreact jsonc kotlin less objective-c objective-cpp php rust scala scss swift typescript typescriptreact zig".split(
      " ",
    ),
  ],
  [
    "#",
    "coffeescript dockerfile dotenv elixir ignore julia makefile perl perl6 powershell properties python r ruby shellscript terraform toml yaml".split(
      " ",
    ),
  ],
  ["--", "ada haskell lua sql vhdl".split(" ")],
  ["%", "erlang latex matlab prolog tex".split(" ")],
  [";", "asm clojure ini lisp scheme".split(" ")],
];

/**
 * A text as it belongs into a document of some language: bare where the language is its own, fenced in
 * Markdown, as comment lines in code.
 *
 * @param language the document's VS Code language id
 * @returns undefined where a document of this language cannot hold it
 */
export function formatForLanguage(
  document: { text: string; language: string },
  language: string,
): string | undefined {
  const text = `${document.text.trimEnd()}\n`;
  if (language === document.language || language === "plaintext") return text;
  if (["markdown", "mdx", "quarto", "rmd"].includes(language)) {
    return document.language === "markdown" ? text : `\`\`\`${document.language}\n${text}\`\`\`\n`;
  }
  if (document.language === "markdown" && ["git-commit", "scminput"].includes(language)) return text;
  const sign = lineComments.find(([, languages]) => languages.includes(language))?.[0];
  if (sign === undefined) return undefined;
  return text.replace(/^.*$/gm, (line) => (line === "" ? line : `${sign} ${line}`));
}
