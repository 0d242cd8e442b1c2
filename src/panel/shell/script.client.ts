import { copyOnClick } from "./copy.client.ts";
import { countCharacters } from "./count.client.ts";

// With this class, the styles show what needs scripts, and hide what is needed only without scripts.
document.documentElement.classList.add("scripted");
copyOnClick();
countCharacters();
