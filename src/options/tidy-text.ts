/** What comes along unseen when something is copied: zero-width characters, direction marks, a byte order mark. */
const INVISIBLE = /\p{Cf}/gu;

const QUOTED = /^(?:"(.*)"|'(.*)'|[“”„«](.*)[“”»]|[‘’‚](.*)[‘’])$/s;

/** A number, an id, an address or a key without the blanks, quotation marks and invisible characters around and in it. */
export function tidyText(text: string): string {
  const visible = text.replace(INVISIBLE, "").trim();
  const quoted = QUOTED.exec(visible)
    ?.slice(1)
    .find((inside) => inside !== undefined);
  return (quoted ?? visible).trim();
}
