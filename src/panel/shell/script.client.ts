import { copyOnClick } from "./copy.client.ts";
import { countCharacters } from "./count.client.ts";

// Because of this class, the styles show the elements that need scripts, and hide those for browsers without scripts.
document.documentElement.classList.add("scripted");
copyOnClick();
countCharacters();
