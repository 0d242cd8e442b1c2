import { copyOnClick } from "./copy.client.ts";
import { countCharacters } from "./count.client.ts";

// Styles show by it what is of use only where scripts run, and hide what is needed only without.
document.documentElement.classList.add("scripted");
copyOnClick();
countCharacters();
