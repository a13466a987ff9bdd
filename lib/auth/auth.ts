import { betterAuth } from "better-auth";
import { nextCookies } from "better-auth/next-js";
import { genericOAuth, magicLink, organization } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { env } from "../env.ts";
import { enqueue } from "../queue.ts";
import { invitationMail, signInMail } from "./mails.ts";
import { may, ROLES } from "./permissions.ts";
import { fetchGitHubPerson } from "./sources/github.ts";
import { authTables, hashOfToken } from "./store.ts";

/** How long a sign-in link works. */
export const SIGN_IN_LINK_MINUTES = 15;
/** How long an invitation to a team stands. */
export const INVITATION_DAYS = 7;

const DAY = 86_400;

/**
 * What of the auth library is open to the web: GitHub, signing out. Everything else it can do (and it can make
 * organisations, change roles, delete users) happens only through our own actions, which ask our permissions. Its own
 * address for mailed links stays closed: it signs in whoever fetches it, and the guards of mailboxes fetch every link.
 */
const OPEN_DOORS = /^\/(sign-in\/social|link-social|callback\/github|get-session|sign-out|error|ok)$/;

type Auth = ReturnType<typeof makeAuth>;
let made: Auth | undefined;

/** The auth library on our tables, made at its first use, so that building the site needs no settings. */
export function auth(): Auth {
  made ??= makeAuth();
  return made;
}

/**
 * Answers the requests under /api/auth: the few doors that are open, and "not found" for all others.
 */
export async function handleAuthRequest(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const door = pathname.replace(/^.*?\/api\/auth/, "").replace(/\/$/, "");
  if (!OPEN_DOORS.test(door)) return new Response("Not found", { status: 404 });
  return auth().handler(request);
}

/** Tells whether people can sign in with GitHub here: the instance has an OAuth application for it. */
export function hasGitHub(): boolean {
  return Boolean(env.GITHUB_CLIENT_ID && env.GITHUB_CLIENT_SECRET);
}

function makeAuth() {
  return betterAuth({
    appName: "Tributary",
    baseURL: env.appUrl,
    basePath: "/api/auth",
    secret: secret(),
    // without a public address the site listens on loopback, which people reach under either name
    trustedOrigins: env.APP_URL ? [] : [`http://127.0.0.1:${env.PORT}`, `http://localhost:${env.PORT}`],
    database: authTables(),
    telemetry: { enabled: false },
    // the auth library's rows beside our throttle: for the open doors, by network address
    rateLimit: { enabled: true, storage: "database", window: 60, max: 120 },
    advanced: {
      useSecureCookies: env.appUrl.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      cookiePrefix: "tributary",
      // said outright: the library drops its origin check by itself when it sees a test runner
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    // no cookie cache: a revoked session must end at once, and one indexed read is cheap
    session: { expiresIn: 30 * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    account: {
      encryptOAuthTokens: true,
      // linking by hand may join addresses that differ: the person is signed in to both
      accountLinking: { enabled: true, trustedProviders: ["github"], allowDifferentEmails: true },
    },
    user: { deleteUser: { enabled: true } },
    onAPIError: { errorURL: "/sign-in" },
    plugins: [
      magicLink({
        expiresIn: SIGN_IN_LINK_MINUTES * 60,
        storeToken: { type: "custom-hasher", hash: async (token) => hashOfToken(token) },
        sendMagicLink: ({ email, url, token }) => {
          const link = new URL("/sign-in/link", env.appUrl);
          link.searchParams.set("token", token);
          link.searchParams.set("then", new URL(url).searchParams.get("callbackURL") ?? "/account");
          return enqueue("send-mail", signInMail(email, link.href, SIGN_IN_LINK_MINUTES));
        },
      }),
      organization({
        ...teamRoles(),
        creatorRole: "owner",
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        membershipLimit: 200,
        invitationExpiresIn: INVITATION_DAYS * DAY,
        cancelPendingInvitationsOnReInvite: true,
        requireEmailVerificationOnInvitation: true,
        sendInvitationEmail: ({ id, email, role, organization: team, inviter }) =>
          enqueue(
            "send-mail",
            invitationMail(email, {
              company: team.name,
              role,
              inviter: inviter.user.name || inviter.user.email,
              url: `${env.appUrl}/invitations/${id}`,
              days: INVITATION_DAYS,
            }),
          ),
      }),
      // the built-in GitHub has github.com written into it; this one also reaches an Enterprise server
      ...(hasGitHub() ? [gitHub()] : []),
      // last: hands cookies of calls made in server actions to the framework
      nextCookies(),
    ],
  });
}

function gitHub() {
  return genericOAuth({
    config: [
      {
        providerId: "github",
        clientId: env.GITHUB_CLIENT_ID!,
        clientSecret: env.GITHUB_CLIENT_SECRET!,
        authorizationUrl: `${env.GITHUB_URL}/login/oauth/authorize`,
        tokenUrl: `${env.GITHUB_URL}/login/oauth/access_token`,
        scopes: ["read:user", "user:email"],
        pkce: true,
        getUserInfo: async ({ accessToken }) => (accessToken ? fetchGitHubPerson(accessToken) : null),
      },
    ],
  });
}

/** The auth library's roles, made from our table so that there is one truth: who manages members, and who does not. */
function teamRoles() {
  const ac = createAccessControl({
    organization: ["update", "delete"],
    member: ["create", "update", "delete"],
    invitation: ["create", "cancel"],
    team: ["create", "update", "delete"],
    ac: ["create", "read", "update", "delete"],
  } as const);
  const manager = ac.newRole({ member: ["create", "update", "delete"], invitation: ["create", "cancel"] });
  const other = ac.newRole({ member: [] });
  const roles = Object.fromEntries(ROLES.map(({ role }) => [role, may(role, "canManageMembers") ? manager : other]));
  return { ac, roles };
}

function secret(): string {
  if (!env.AUTH_SECRET) throw new Error("AUTH_SECRET is not set, so sessions cannot be signed.");
  return env.AUTH_SECRET;
}
