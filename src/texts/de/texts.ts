import type { Texts } from "../en/texts.ts";
import { DE } from "./panel.ts";

export const TEXTS: Texts = DE;
