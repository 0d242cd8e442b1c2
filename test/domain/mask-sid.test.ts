import { expect, test } from "vitest";

import { maskSid } from "../../src/domain/mask-sid.ts";

test("an account's SID is shown by its first and last four characters", () => {
  expect(maskSid(`AC12${"0".repeat(26)}ab90`)).toBe("AC12…ab90");
});
