import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

/** Everything public may be read by machines; what is behind the door is not theirs. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: "/", disallow: ["/account", "/mailbox", "/sign-in"] },
    sitemap: `${env.appUrl}/sitemap.xml`,
  };
}
