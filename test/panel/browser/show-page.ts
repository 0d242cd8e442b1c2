import type { Page } from "playwright-core";

/** Hides a page as if the user had opened another tab, or shows it again. A hidden page has no live updates. */
export async function showPage(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate(`(() => {
    Object.defineProperty(document, "hidden", { configurable: true, value: ${String(state === "hidden")} });
    document.dispatchEvent(new Event("visibilitychange"));
  })()`);
}
