import { createTransport, type Transporter } from "nodemailer";
import { env } from "../env.ts";

/** One message, as plain text: what it says must not depend on how a mail program draws it. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  /**
   * Where one POST ends mails like this one, for those that come by themselves: mail programs then show a button of their
   * own (RFC 2369, RFC 8058). Opening it by GET must change nothing.
   */
  unsubscribeUrl?: string;
};

let transport: { url: string; transporter: Transporter } | undefined;

function transporter(url: string): Transporter {
  if (transport?.url === url) return transport.transporter;
  transport?.transporter.close();
  const opened = createTransport({
    url,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    // neither a file of this server nor an address inside its network may ever become part of a mail
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport = { url, transporter: opened };
  return opened;
}

/**
 * Sends one mail through `SMTP_URL`. Throws when the server does not take it.
 *
 * @param reference names this sending, so that a mail program shows it once even if it had to be sent twice
 */
export async function sendMail({ unsubscribeUrl, ...mail }: Mail, reference: string): Promise<void> {
  const { hostname } = new URL(env.appUrl);
  await transporter(env.SMTP_URL ?? missing()).sendMail({
    ...mail,
    ...(unsubscribeUrl && {
      headers: {
        "List-Unsubscribe": { prepared: true, value: `<${unsubscribeUrl}>` },
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    }),
    from: env.MAIL_FROM,
    messageId: `<${reference}@${hostname}>`,
  });
}

function missing(): never {
  throw new Error("SMTP_URL is not set, so mail cannot be sent.");
}
