/** The account, its secrets and addresses. None of them is real. */
export const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
export const AUTH_TOKEN = "fedcba9876543210".repeat(2);
export const PUBLIC_URL = "https://home.example";
export { MY_NUMBER, TWILIO_NUMBER } from "../demo/numbers.ts";
