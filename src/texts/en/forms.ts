/**
 * Translations of the texts in `addon/scripts` and `addon/blueprints`, by their English text. Without a translation, a
 * text stays English. A changed English text needs a new translation, because it is a new key.
 */
export type FormTexts = Readonly<Record<string, string>>;

/** The files themselves are in English. */
export const FORMS_EN: FormTexts = {};
