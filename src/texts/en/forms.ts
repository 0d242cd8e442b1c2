/**
 * Translations of the texts in `addon/scripts` and `addon/blueprints`, by the English text. A text without a
 * translation stays English. If an English text changes, its translation needs the changed text as its key.
 */
export type FormTexts = Readonly<Record<string, string>>;

/** Empty, because the files in `addon/` are already in English. */
export const FORMS_EN: FormTexts = {};
