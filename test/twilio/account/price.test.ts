import { expect, test } from "vitest";

import { createPriceFetcher } from "../../../src/twilio/account/price.ts";
import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { createTestHttpClient } from "../rest/create-test-http-client.ts";

const ACCOUNT_SID = `AC${"0".repeat(32)}`;

/** Reads the price from Twilio's answer. Returns it with the requested paths. */
async function ask(answer: object, sid = "SM1", isCall = false, status = 200) {
  const paths: string[] = [];
  await using server = await startHttp((request, response) => {
    paths.push(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  const api = createTwilioApi(
    {
      accountSid: ACCOUNT_SID,
      username: ACCOUNT_SID,
      password: "token",
      apiBaseUrl: null,
      region: null,
      edge: null,
      standIn: `http://127.0.0.1:${server.port}`,
    },
    createTestHttpClient(),
  );
  return { price: await createPriceFetcher(api)(sid, isCall), paths };
}

test("the price that the app reads for a message is the amount that Twilio has charged", async () => {
  const { price, paths } = await ask({ price: "-0.00790", price_unit: "USD" });
  expect(price).toEqual({ amount: 0.0079, currency: "USD" });
  expect(paths).toEqual([`/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/SM1.json`]);
});

test("the price that the app reads for a call is in Twilio's resource of the call", async () => {
  const { price, paths } = await ask({ price: "-0.013", price_unit: "eur" }, "CA1", true);
  expect(price).toEqual({ amount: 0.013, currency: "EUR" });
  expect(paths).toEqual([`/2010-04-01/Accounts/${ACCOUNT_SID}/Calls/CA1.json`]);
});

test.each([
  [{ price: null, price_unit: "USD" }, 200],
  [{ price: "-0.1", price_unit: null }, 200],
  [{ code: 20404, message: "not found", status: 404 }, 404],
  [{}, 500],
])("the app finds no price if Twilio answers %o", async (answer, status) => {
  expect((await ask(answer, "SM1", false, status)).price).toBeNull();
});
