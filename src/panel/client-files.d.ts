/** Browser code (`*.client.ts`) and styles as browsers get them, bundled and minified. */
declare module "*?text" {
  export const text: string;
}
