import type { Command } from "./command.ts";
import type { TalkCommand } from "./talk-command.ts";

/** What an automation can ask for. */
export type AnyCommand = Command | TalkCommand;
