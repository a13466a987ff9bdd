import path from "node:path";

const sharesDatabase = Number(process.env.WEB_PROCESSES ?? 1) > 1;

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // a page comes with its title: streamed after it, it would be missing while a slow page is already read aloud
  htmlLimitedBots: /.*/,
  // some browsers ask for it whatever the page says
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  // `npm run check` holds the types; checking them again would only make every first start slower
  typescript: { ignoreBuildErrors: true },
  // a logo of 2 MB comes through an action; one that is a little larger should be answered with a sentence
  experimental: { serverActions: { bodySizeLimit: "4mb" } },
  // these find their own files at run time, or hold connections that a bundle would open twice
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "graphile-worker",
    "nodemailer",
    "npm-registry-fetch",
    "undici",
  ],
  // a single process keeps Next's own cache of rendered pages: it is faster and sees every revalidation
  ...(sharesDatabase && {
    cacheHandler: path.resolve(import.meta.dirname, "lib/ops/cache-handler.mjs"),
    cacheMaxMemorySize: 0,
  }),
};

export default config;
