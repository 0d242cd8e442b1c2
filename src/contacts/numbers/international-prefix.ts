import { Metadata } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

/**
 * The digits after the prefix for calls abroad: `4930…` of `0049 30…`, and of `011 49 30…` in the US. The country's own
 * prefix comes first, then `00`, which people write everywhere. Empty if there is no prefix.
 */
export function withoutInternationalPrefix(digits: string, home: CountryCode | null): readonly string[] {
  const prefixes = home === null ? ["00"] : [prefixOf(home), "00"];
  const rests = prefixes.flatMap((prefix) => {
    const found = new RegExp(`^(?:${prefix})`).exec(digits)?.[0];
    // No country's code begins with 0.
    return found === undefined || !/^[1-9]/.test(digits.slice(found.length))
      ? []
      : [digits.slice(found.length)];
  });
  return [...new Set(rests)];
}

/** A pattern, such as `00` or `00(?:[125689]|…)` with a carrier's digits. */
function prefixOf(home: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(home);
  return metadata.numberingPlan?.IDDPrefix() ?? "00";
}
