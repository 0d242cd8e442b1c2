/** The languages other than English, which are the names of the other folders in `texts/`. */
export const TRANSLATED_LANGUAGES: readonly string[] = ["de"];
