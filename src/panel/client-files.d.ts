/**
 * An import that ends in `?text` gives the bundled and minified text of a script (`*.client.ts`) or style sheet for the
 * browser.
 */
declare module "*?text" {
  export const text: string;
}
