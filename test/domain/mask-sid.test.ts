import { expect, test } from "vitest";

import { maskSid } from "../../src/domain/mask-sid.ts";

test("the panel shows only the first and last four characters of the account's SID", () => {
  expect(maskSid(`AC12${"0".repeat(26)}ab90`)).toBe("AC12…ab90");
});
