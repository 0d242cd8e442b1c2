import { copyOnClick } from "./copy.client.ts";
import { countCharacters } from "./count.client.ts";

// With this class, the styles show the elements that need scripts, and hide those for pages without scripts.
document.documentElement.classList.add("scripted");
copyOnClick();
countCharacters();
