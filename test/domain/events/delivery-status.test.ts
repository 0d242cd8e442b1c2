import { describe, expect, test } from "vitest";

import { deliveryStatusOf } from "../../../src/domain/events/delivery-status.ts";

describe("a status that the app reads from Twilio's callbacks and API", () => {
  test.each([0, "0", "", null, undefined])("has no error if Twilio's error code is %o", (errorCode) => {
    const status = deliveryStatusOf({ status: "delivered", errorCode, errorMessage: "" });
    expect(status).toEqual({ status: "delivered", error: null, answeredBy: null, duration: null });
  });

  test.each([30005, "30005"])("has the error of Twilio's error code %o", (errorCode) => {
    expect(deliveryStatusOf({ status: "failed", errorCode }).error).toMatchObject({ code: "30005" });
  });

  test.each<[string | null, number | null]>([
    ["12", 12],
    ["0", 0],
    ["", null],
    [null, null],
    ["soon", null],
  ])("has the call's duration, which Twilio reports as %o, as %o", (duration, seconds) => {
    expect(deliveryStatusOf({ status: "completed", duration }).duration).toBe(seconds);
  });
});
