import { expect, test } from "vitest";

import { createPriceFetcher } from "../../../src/twilio/account/price.ts";
import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { createTestHttpClient } from "../rest/create-test-http-client.ts";

const ACCOUNT_SID = `AC${"0".repeat(32)}`;

/** The price out of Twilio's answer, and the paths that were asked for. */
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

test("what Twilio took of the account is the price of a message", async () => {
  const { price, paths } = await ask({ price: "-0.00790", price_unit: "USD" });
  expect(price).toEqual({ amount: 0.0079, currency: "USD" });
  expect(paths).toEqual([`/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/SM1.json`]);
});

test("a call is asked for among the calls", async () => {
  const { price, paths } = await ask({ price: "-0.013", price_unit: "eur" }, "CA1", true);
  expect(price).toEqual({ amount: 0.013, currency: "EUR" });
  expect(paths).toEqual([`/2010-04-01/Accounts/${ACCOUNT_SID}/Calls/CA1.json`]);
});

test.each([
  [{ price: null, price_unit: "USD" }, 200],
  [{ price: "-0.1", price_unit: null }, 200],
  [{ code: 20404, message: "not found", status: 404 }, 404],
  [{}, 500],
])("there is none where Twilio says %o", async (answer, status) => {
  expect((await ask(answer, "SM1", false, status)).price).toBeNull();
});
