import { EN } from "./panel.ts";

/** All texts for users. Each language is a folder with this file. */
export const TEXTS = EN;

/** A language is a value of this type, so a missing text does not compile. */
export type Texts = typeof TEXTS;
