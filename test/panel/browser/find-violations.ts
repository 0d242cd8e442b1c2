import axe from "axe-core";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong with the page as it stands, one line for each place; needs no script of the page's own. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  if (passes.length === 0) throw new Error("axe has looked at nothing");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}; ${target.join(" ")}; ${failureSummary}`),
  );
}
