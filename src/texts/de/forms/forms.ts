import type { FormTexts } from "../../en/forms.ts";
import { ALARM_FORMS_DE } from "./alarm-forms.ts";
import { BLUEPRINT_FORMS_DE } from "./blueprint-forms.ts";
import { SCRIPT_FORMS_DE } from "./script-forms.ts";

export const FORMS_DE: FormTexts = { ...SCRIPT_FORMS_DE, ...ALARM_FORMS_DE, ...BLUEPRINT_FORMS_DE };
