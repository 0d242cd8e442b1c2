import { EN } from "./panel.ts";

/** All texts for users. Each folder of a language has a file with this name and this constant. */
export const TEXTS = EN;

/** The type of a language's texts. A language that lacks a text does not compile. */
export type Texts = typeof TEXTS;
