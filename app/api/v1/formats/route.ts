import { publicEndpoint } from "@/lib/api/endpoint";
import { FORMATS } from "@/lib/lockfile/formats";

/** Every lockfile format that can be read. */
export const GET = publicEndpoint({
  run: async () => ({
    data: {
      formats: FORMATS.map(({ name, label, ecosystem, files, manifests = [] }) => ({
        name,
        label,
        ecosystem,
        files,
        manifests,
      })),
    },
  }),
});
