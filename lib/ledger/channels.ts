/**
 * The rails money travels on, as a closed list: reports group by it and exports name it, so a free word would split one
 * rail into many. `other` is for what is not listed; the note says which.
 */
export const CHANNELS = {
  "github-sponsors": "GitHub Sponsors",
  "open-collective": "Open Collective",
  "thanks-dev": "thanks.dev",
  liberapay: "Liberapay",
  patreon: "Patreon",
  "ko-fi": "Ko-fi",
  "buy-me-a-coffee": "Buy Me a Coffee",
  polar: "Polar",
  tidelift: "Tidelift",
  "lfx-crowdfunding": "LFX Crowdfunding",
  stripe: "Stripe",
  paypal: "PayPal",
  "bank-transfer": "Bank transfer",
  invoice: "Invoice paid",
  other: "Other",
} as const;

/** One rail of the closed list. */
export type Channel = keyof typeof CHANNELS;

/** Tells whether a text names a rail of the list. */
export function isChannel(text: string): text is Channel {
  return Object.hasOwn(CHANNELS, text);
}

/** Writes a rail for a reader; a rail of an older list is shown as it was stored. */
export function channelLabel(channel: string): string {
  return isChannel(channel) ? CHANNELS[channel] : channel;
}
