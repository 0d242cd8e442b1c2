import { createHash } from "node:crypto";

import { Hono } from "hono";
import type { Context } from "hono";

import { accountResource, alertResource, brandResource, campaignResource } from "./account-resources.ts";
import { countryResource, senderResource, serviceNumberResource } from "./account-resources.ts";
import { serviceResource, usageResource, verificationResource } from "./account-resources.ts";
import type { AccountState } from "./account-state.ts";
import { createHostJudge } from "./twilio-open-api.ts";

export interface AccountStateAppOptions {
  readonly accountSid: string;
  readonly authorization: string;
  readonly accountState: AccountState;
  readonly onRead: (path: string) => void;
  readonly onViolation: (problem: string) => void;
}

/** Serves the account resource, and the APIs of Twilio's other hosts. Here all have one address. */
export function createAccountStateApp(options: AccountStateAppOptions): Hono {
  const { accountSid, accountState } = options;
  const judge = createHostJudge();
  const app = new Hono();

  app.use("/v1/*", guard);
  app.use("/v2/*", guard);
  app.use(`/2010-04-01/Accounts/${accountSid}.json`, guard);
  app.use(`/2010-04-01/Accounts/${accountSid}/Balance.json`, guard);
  app.use(`/2010-04-01/Accounts/${accountSid}/Usage/*`, guard);
  app.get(`/2010-04-01/Accounts/${accountSid}.json`, (c) =>
    answer(c, accountResource(accountSid, accountState.type)),
  );
  app.get(`/2010-04-01/Accounts/${accountSid}/Balance.json`, (c) =>
    answer(c, { account_sid: accountSid, balance: "12.34", currency: "USD" }),
  );
  app.get(`/2010-04-01/Accounts/${accountSid}/Usage/Records/ThisMonth.json`, (c) => {
    const records = ["sync-actions", "sms-inbound"].map((category) => usageResource(accountSid, category));
    const uri = c.req.path;
    const only = { page: 0, page_size: 50, start: 0, end: 1, first_page_uri: uri, uri };
    return answer(c, { ...only, next_page_uri: null, previous_page_uri: null, usage_records: records });
  });
  app.get("/v1/Alerts", (c) => {
    const since = new Date(c.req.query("StartDate") ?? 0);
    const alerts = accountState.alerts.filter(({ at }) => at >= since).toReversed();
    return page(
      c,
      "alerts",
      alerts.map((alert) => alertResource(accountSid, alert)),
    );
  });
  app.get("/v1/a2p/BrandRegistrations", (c) =>
    page(
      c,
      "data",
      accountState.brands.map((status) => brandResource(accountSid, status)),
    ),
  );
  app.get("/v1/Services", (c) =>
    page(
      c,
      "services",
      accountState.services.map(({ sid, decides }) => serviceResource(accountSid, sid, decides ?? false)),
    ),
  );
  app.get("/v1/Services/:sid/Compliance/Usa2p", (c) =>
    page(
      c,
      "compliance",
      serviceOf(c)?.campaigns.map((status) => campaignResource(accountSid, c.req.param("sid"), status)),
    ),
  );
  app.get("/v1/Services/:sid/PhoneNumbers", (c) =>
    page(
      c,
      "phone_numbers",
      serviceOf(c)?.numbers.map((number) =>
        serviceNumberResource(accountSid, c.req.param("sid"), sidOf(number), number),
      ),
    ),
  );
  app.get("/v2/Channels/Senders", (c) => {
    const channel = `${c.req.query("Channel")}:`;
    const found = accountState.senders.filter(({ address }) => address.startsWith(channel));
    return page(
      c,
      "senders",
      found.map(({ address, callbackUrl }) => senderResource(address, callbackUrl)),
    );
  });
  app.get("/v1/Tollfree/Verifications", (c) => {
    const asked = [...accountState.tollFree].filter(
      ([number]) => sidOf(number) === c.req.query("TollfreePhoneNumberSid"),
    );
    return page(
      c,
      "verifications",
      asked.map(([number, status]) => verificationResource(accountSid, sidOf(number), number, status)),
    );
  });
  app.get("/v1/DialingPermissions/Countries/:iso", (c) => {
    const mayDial = accountState.dialing.get(c.req.param("iso"));
    return mayDial === undefined ? notFound(c) : answer(c, countryResource(c.req.param("iso"), mayDial));
  });
  return app;

  async function guard(c: Context, next: () => Promise<void>): Promise<Response | void> {
    options.onRead(c.req.path);
    if (c.req.header("authorization") !== options.authorization || accountState.isRestricted)
      return c.json({ code: 20003, message: "Authenticate", more_info: "", status: 401 }, 401);
    return await next();
  }

  function serviceOf(c: Context) {
    return accountState.services.find(({ sid }) => sid === c.req.param("sid"));
  }

  async function page(c: Context, key: string, all: readonly object[] | undefined): Promise<Response> {
    if (all === undefined) return notFound(c);
    const size = Number(c.req.query("PageSize") ?? 50);
    const { href } = new URL(c.req.url);
    const meta = { page: 0, page_size: size, first_page_url: href, previous_page_url: null, url: href, key };
    return await answer(c, { [key]: all.slice(0, size), meta: { ...meta, next_page_url: null } });
  }

  async function answer(c: Context, body: object): Promise<Response> {
    const request = { method: "GET", path: c.req.path, query: c.req.query(), form: null };
    const { problemsOfRequest, problemsOfAnswer } = await judge(c.req.path);
    for (const problem of problemsOfRequest(request)) options.onViolation(problem);
    for (const problem of problemsOfAnswer(request, 200, body)) options.onViolation(`own answer: ${problem}`);
    return c.json(body);
  }
}

/** The SID of a number, as in `numberResource`. */
function sidOf(number: string): string {
  return `PN${createHash("md5").update(number).digest("hex")}`;
}

function notFound(c: Context): Response {
  return c.json(
    { code: 20404, message: `The requested resource ${c.req.path} was not found`, status: 404 },
    404,
  );
}
