/** Letters that no decomposition takes apart, Cyrillic and Greek, in the Latin letters that their readers know. */
const letters: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h" },
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", к: "k", л: "l", м: "m" },
  ...{ н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh" },
  ...{ щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya", і: "i", є: "ie", ґ: "g", ђ: "dj", ј: "j" },
  ...{ љ: "lj", њ: "nj", ћ: "c", џ: "dz" },
  ...{ α: "a", β: "v", γ: "g", δ: "d", ε: "e", ζ: "z", η: "i", θ: "th", ι: "i", κ: "k", λ: "l", μ: "m" },
  ...{
    ν: "n",
    ξ: "x",
    ο: "o",
    π: "p",
    ρ: "r",
    σ: "s",
    ς: "s",
    τ: "t",
    υ: "y",
    φ: "f",
    χ: "ch",
    ψ: "ps",
    ω: "o",
  },
};

const isAscii = /^[\n -~]*$/;

/**
 * A text in Latin letters without accents, for names: “Größe” is “Grosse”, “Заказ” is “Zakaz”. What has no such letters,
 * as Chinese and Arabic have none, stays as it is.
 */
export function latinOf(text: string): string {
  if (isAscii.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\p{L}/gu, (letter) => {
      const small = letter.toLowerCase();
      if (!Object.hasOwn(letters, small)) return letter;
      const latin = letters[small] ?? "";
      return small === letter ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
    });
}
