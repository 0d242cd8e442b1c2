import { Metadata } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

/**
 * Removes the prefix for calls abroad: `0049 30…` gives `4930…`, and so does `011 49 30…` in the US. The digits may
 * begin with the country's own prefix and also with `00`, which people write everywhere. The result then has two texts,
 * first that without the country's own prefix. Empty if the number has no prefix.
 */
export function withoutInternationalPrefix(digits: string, home: CountryCode | null): readonly string[] {
  const prefixes = home === null ? ["00"] : [prefixOf(home), "00"];
  const rests = prefixes.flatMap((prefix) => {
    const found = new RegExp(`^(?:${prefix})`).exec(digits)?.[0];
    // If a 0 follows the prefix, the digits are no number abroad, because no country's code begins with 0.
    return found === undefined || !/^[1-9]/.test(digits.slice(found.length))
      ? []
      : [digits.slice(found.length)];
  });
  return [...new Set(rests)];
}

/** The country's prefix for calls abroad as a pattern. It may contain digits of a carrier, as in `00(?:[125689]|…)`. */
function prefixOf(home: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(home);
  return metadata.numberingPlan?.IDDPrefix() ?? "00";
}
