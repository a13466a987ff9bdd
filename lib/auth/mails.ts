import type { Mail } from "../mail/send.ts";
import type { Role } from "./permissions.ts";

/** Writes the mail that carries a sign-in link. */
export function signInMail(to: string, url: string, minutes: number): Mail {
  return {
    to,
    subject: "Your sign-in link for Tributary",
    text: [
      "Open this link and press the button there to sign in to Tributary:",
      url,
      `It works once, within ${minutes} minutes.`,
      "If you did not ask for it, you need do nothing: without the link nobody can sign in.",
    ].join("\n\n"),
  };
}

/** Writes the mail that invites somebody to a company's team. */
export function invitationMail(
  to: string,
  invitation: { company: string; role: Role | string; inviter: string; url: string; days: number },
): Mail {
  const { company, role, inviter, url, days } = invitation;
  return {
    to,
    subject: `Join ${company} on Tributary`,
    text: [
      `${inviter} invites you to join ${company} on Tributary with the role ${role}.`,
      "Open this link and sign in with this e-mail address to accept or decline:",
      url,
      `The invitation stands for ${days} days.`,
    ].join("\n\n"),
  };
}
