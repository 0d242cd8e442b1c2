/** The languages besides English, which are the other folders of `texts/`. */
export const TRANSLATED_LANGUAGES: readonly string[] = ["de"];
