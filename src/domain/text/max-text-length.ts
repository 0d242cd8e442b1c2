/** The longest text of a message, in characters as UTF-16 counts them. Source: twilio.com/docs/messaging/api/message-resource */
export const MAX_TEXT_LENGTH = 1600;
