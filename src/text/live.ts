/** A stretch of a text that a host would make live. */
export interface LiveStretch {
  start: number;
  end: number;
}

/**
 * What a host would turn into a link, a mention or a reference: addresses, `@name` (e-mail too), `#12`,
 * `owner/repo#12`, `GH-12`. Each word is gone through once from the front and once from each sign backwards: a pattern
 * that says the same looks at a long word again from each of its letters.
 */
export function* liveStretches(text: string): Generator<LiveStretch> {
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const toEnd = Math.min(addressIn(word), wwwIn(word), mentionIn(word));
    let from = 0;
    for (const reference of word.matchAll(/#\d+\b|\bGH-\d+\b/gi)) {
      const start = reference[0].startsWith("#")
        ? backWhile(word, reference.index, from, /[\w./-]/)
        : reference.index;
      if (start >= toEnd) break;
      from = reference.index + reference[0].length;
      yield { start: index + start, end: index + from };
    }
    const start = Math.max(toEnd, from);
    if (start < word.length) yield { start: index + start, end: index + word.length };
  }
}

/** Where the letters before a place begin that are all of one kind, not before `least`. */
function backWhile(word: string, place: number, least: number, kind: RegExp): number {
  let start = place;
  while (start > least && kind.test(word[start - 1] ?? "")) start--;
  return start;
}

const nowhere = Number.POSITIVE_INFINITY;

function addressIn(word: string): number {
  for (let sign = word.indexOf("://"); sign >= 0; sign = word.indexOf("://", sign + 1)) {
    if (sign + 3 === word.length) return nowhere;
    const least = backWhile(word, sign, 0, /[a-z\d+.-]/i);
    // A scheme begins with a letter, where a word does.
    for (let start = least; start < sign; start++)
      if (/[a-z]/i.test(word[start] ?? "") && !/\w/.test(word[start - 1] ?? "")) return start;
  }
  return nowhere;
}

function wwwIn(word: string): number {
  const found = /\bwww\../i.exec(word);
  return found ? found.index : nowhere;
}

/** With the name before it, as in an e-mail address. */
function mentionIn(word: string): number {
  const sign = word.search(/@[\w-]/);
  if (sign < 0) return nowhere;
  return word.slice(0, sign).lastIndexOf("@") + 1;
}
