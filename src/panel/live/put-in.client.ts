/**
 * Changes the content of `part` to that of `next`, but only where they differ. So typed text, playing media and the
 * focus are not lost. A `<details>` with an ID stays open or closed, as the user left it.
 *
 * The children of an element are compared by their IDs. If one of the new children has no ID, the whole content of the
 * element is replaced, unless it is the same.
 */
export function putIn(part: Element, next: Element): void {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  keepUnfolded(part, next);
  renewContent(part, next);
  if (active !== null && !active.isConnected) successor(active, part)?.focus();
}

function keepUnfolded(part: Element, next: Element): void {
  for (const { id, open } of part.querySelectorAll<HTMLDetailsElement>("details[id]")) {
    const fresh = next.querySelector<HTMLDetailsElement>(`details[id="${CSS.escape(id)}"]`);
    if (fresh !== null) fresh.open = open;
  }
}

function renewContent(old: Element, next: Element): void {
  if (!isMergeable(next)) {
    if (!hasSameContent(old, next)) old.replaceChildren(...next.childNodes);
    return;
  }
  const children = [...next.children];
  const byId = new Map([...old.children].map((child) => [child.id, child]));
  const staying = new Set(children.map(({ id }) => id));
  const leaving = [...old.childNodes].filter((child) => !(child instanceof Element && staying.has(child.id)));
  for (const child of leaving) child.remove();
  let place = old.firstElementChild;
  for (const child of children) {
    const same = byId.get(child.id);
    if (same === undefined || same.tagName !== child.tagName) {
      old.insertBefore(child, place);
      continue;
    }
    if (same === place) place = place.nextElementSibling;
    else old.insertBefore(same, place);
    renewElement(same, child);
  }
  while (place !== null) {
    const following = place.nextElementSibling;
    place.remove();
    place = following;
  }
}

function renewElement(old: Element, next: Element): void {
  if (old.isEqualNode(next)) return;
  if (isMergeable(next)) renewContent(old, next);
  else old.replaceWith(next);
}

function isMergeable({ children }: Element): boolean {
  return children.length > 0 && [...children].every(({ id }) => id !== "");
}

function hasSameContent(old: Element, next: Element): boolean {
  const [now, then] = [[...old.childNodes], [...next.childNodes]];
  return now.length === then.length && now.every((node, index) => node.isEqualNode(then[index] ?? null));
}

/** Finds the new element that takes the place of a removed one, which had the focus. */
function successor(gone: Element, part: Element): HTMLElement | null {
  const selectors = ["id", "href", "data-copy"].flatMap((name) => {
    const value = gone.getAttribute(name);
    return value === null || value === "" ? [] : [`[${name}="${CSS.escape(value)}"]`];
  });
  const [selector] = selectors;
  return selector === undefined ? null : part.querySelector<HTMLElement>(selector);
}
