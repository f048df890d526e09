/** Signs that code has and prose has not. */
const codeSigns = /[{}()[\];=<>|&$\\/_#@+*]|::|->|=>/g;
const keyword =
  /^\s*(?:import|from|export|const|let|var|function|class|def|return|if|else|elif|for|while|try|catch|except|public|private|static|void|fn|pub|use|package|func|SELECT|INSERT|UPDATE|CREATE|FROM|WHERE|\$ |#include|@\w+|\/\/|<\/?\w)/;
/** An end that a line of code has and a sentence has not. */
const codeEnd = /[{};,(]$|\);?$/;

/**
 * Whether lines are code: most of them have its signs, keywords or ends. One line alone is, where it has several.
 */
export function looksLikeCode(lines: readonly string[]): boolean {
  const like = lines.filter((line) => {
    const signs = line.match(codeSigns)?.length ?? 0;
    const share = signs / Math.max(1, line.length);
    return (
      share > 0.12 ||
      (keyword.test(line) && (signs > 1 || codeEnd.test(line))) ||
      (codeEnd.test(line) && signs > 1)
    );
  });
  return lines.length > 1
    ? like.length >= 2 && like.length >= lines.length * 0.5
    : like.length === 1 && isBusy(lines[0] ?? "");
}

const isBusy = (line: string): boolean => (line.match(codeSigns)?.length ?? 0) >= 5 && keyword.test(line);

/** By what only this language writes; the first that fits. The names are those of Markdown's fences. */
const languages: ReadonlyArray<readonly [string, RegExp]> = [
  ["json", /^\s*[{[]\s*(?:"[^"\n]*"\s*:|\n\s*"[^"\n]*"\s*:|\n\s*\{)/],
  ["html", /<(?:!DOCTYPE html|\/?(?:div|span|p|a|ul|li|html|head|body|script|button|input|form)\b)/i],
  ["sql", /^\s*(?:SELECT\b[\s\S]{0,2000}\bFROM|INSERT INTO|CREATE TABLE|UPDATE\s+\w+\s+SET|ALTER TABLE)\b/im],
  ["python", /^\s*(?:def\s+\w+\(|class\s+\w+(?:\([^)\n]*\))?:|from\s+[\w.]+\s+import\b|elif\b|print\()/m],
  ["rust", /\b(?:fn\s+\w+|let\s+mut|impl\b|println!|pub\s+(?:fn|struct))/],
  ["go", /^\s*(?:package\s+\w+|func\s+(?:\([^)\n]*\)\s*)?\w+\(|import\s+\()/m],
  ["typescript", /:\s*(?:string|number|boolean|void|unknown)\b|^\s*(?:interface|type)\s+\w+/m],
  ["javascript", /\b(?:const|let|var)\s+[\w${]|=>|\bfunction\b|console\.log\(/],
  ["java", /\b(?:public|private|protected)\s+(?:static\s+)?[\w<>[\]]+\s+\w+\s*\(|System\.out\./],
  ["csharp", /\b(?:namespace|using)\s+[\w.]+\s*;|Console\.Write/],
  ["cpp", /#include\s*[<"]|std::/],
  ["css", /^\s*[.#]?[\w-]+[^{\n]*\{\s*(?:\n\s*[\w-]+\s*:\s*[^;\n]+;)/m],
  ["yaml", /^[\w-]+:\s*(?:\n\s+[\w-]+:|\S)[\s\S]{0,2000}\n[\w-]+:/],
  ["shell", /^\s*(?:\$ |sudo |npm |git |cd |export \w+=|curl )/m],
];

/** The language of a piece of code, by its look; empty where nothing tells. */
export const codeLanguageOf = (code: string): string =>
  languages.find(([, sign]) => sign.test(code))?.[0] ?? "";
