/** Scripts (`*.client.ts`) and style sheets for the browser, bundled and minified. */
declare module "*?text" {
  export const text: string;
}
