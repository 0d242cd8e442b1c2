/** Matches a number with an extension: `ext. 12`, `x12`, `#12`, `;ext=12`, `,12` or `Durchwahl 12`. */
const EXTENSION =
  /^(\+?[\d\s().\-/]*\d[\d\s().\-/]*?)\s*;?\s*(?:e?xt(?:ension|n)?|x|durchwahl|dw|nst|poste|interno|int|anexo|toestel|wew|доб|[,;pw~*#]+)[\s.:=#]*(\d[\d\s,wp*#]*)$/iu;

/** The number before an extension. Null if the text has no extension. A list of two numbers is no extension. */
export function numberBeforeExtension(text: string): string | null {
  const [, number = "", extension = ""] = EXTENSION.exec(text) ?? [];
  return digitsIn(number) >= 5 && digitsIn(extension) <= 7 ? number.trim() : null;
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, "").length;
}
