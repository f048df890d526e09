/** One of them: `categories` is `category`, and `status` stays as it is. */
export const singular = (name: string): string =>
  name
    .replace(/ies$/i, "y")
    .replace(/(ss|x|ch|sh)es$/i, "$1")
    .replace(/([^sui])s$/i, "$1");

/** Several: what is plural already stays so. */
export function plural(name: string): string {
  if (singular(name) !== name) return name;
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, "ies");
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
