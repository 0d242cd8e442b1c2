import { startAlarms, type AlarmDependencies, type Alarms } from "./alarms.ts";
import { startOutbound, type Outbound, type OutboundDependencies } from "./outbound.ts";
import type { AppSettings } from "./process/settings.ts";

export interface RequestDependencies
  extends
    Omit<
      OutboundDependencies,
      "options" | "contacts" | "acceptAlarm" | "calledOff" | "lookUpAfterMs" | "clock" | "chance" | "logger"
    >,
    Pick<AlarmDependencies, "events"> {
  readonly contacts: AlarmDependencies["contacts"] & OutboundDependencies["contacts"];
  readonly settings: Pick<AppSettings, "options" | "lookUpAfterMs" | "clock" | "chance" | "logger">;
}

export interface Requests extends AsyncDisposable {
  readonly outbound: Outbound;
  readonly alarms: Alarms;
}

/** Connects the requests of automations with Twilio: messages, calls and alarms. Disposing stops alarms first. */
export function startRequests(parts: RequestDependencies): Requests {
  const { settings, journal, events, contacts, homeAssistant, notifications, account, address } = parts;
  const { onReported, language, talkAddress, hash } = parts;
  const { options, clock, chance, logger } = settings;
  const outbound = startOutbound({
    options,
    journal,
    contacts,
    homeAssistant,
    notifications,
    account,
    address,
    publishMedia: parts.publishMedia,
    onReported,
    language,
    waits: parts.waits,
    startTalk: parts.startTalk,
    talkAddress,
    acceptAlarm: (data) => alarms.accept(data),
    calledOff: (command) => alarms.calledOff(command),
    stopPatienceMs: parts.stopPatienceMs,
    lookUpAfterMs: settings.lookUpAfterMs,
    hash,
    clock,
    chance,
    logger,
  });
  const alarms: Alarms = startAlarms({
    settings,
    journal,
    events,
    contacts,
    homeAssistant,
    notifications,
    account,
    address,
    talkAddress,
    startDelivery: outbound.startDelivery,
    reportResult: outbound.reportResult,
    onReported,
    language,
    hash,
  });
  return {
    outbound,
    alarms,
    async [Symbol.asyncDispose]() {
      await alarms[Symbol.asyncDispose]();
      await outbound[Symbol.asyncDispose]();
    },
  };
}
