/** Controls (C0, DEL, C1), line separators and direction marks: what could garble a terminal. */
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The beginning of untrusted text for a message: at most `maxChars` characters, control characters escaped. */
export function excerptOf(text: string, maxChars: number): string {
  const escaped = text
    .slice(0, maxChars + 1)
    .replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.length > maxChars ? `${escaped.slice(0, maxChars - 1)}…` : escaped;
}
