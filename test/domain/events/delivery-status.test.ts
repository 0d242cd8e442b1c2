import { describe, expect, test } from "vitest";

import { deliveryStatusOf } from "../../../src/domain/events/delivery-status.ts";

describe("a status from Twilio's callbacks and API", () => {
  test.each([0, "0", "", null, undefined])("has no error for the code %o", (errorCode) => {
    const status = deliveryStatusOf({ status: "delivered", errorCode, errorMessage: "" });
    expect(status).toEqual({ status: "delivered", error: null, answeredBy: null, duration: null });
  });

  test.each([30005, "30005"])("has the error %o", (errorCode) => {
    expect(deliveryStatusOf({ status: "failed", errorCode }).error).toMatchObject({ code: "30005" });
  });

  test.each<[string | null, number | null]>([
    ["12", 12],
    ["0", 0],
    ["", null],
    [null, null],
    ["soon", null],
  ])("turns the duration %o into %o", (duration, seconds) => {
    expect(deliveryStatusOf({ status: "completed", duration }).duration).toBe(seconds);
  });
});
