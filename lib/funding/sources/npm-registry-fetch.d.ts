declare module "npm-registry-fetch" {
  type Options = {
    registry?: string;
    timeout?: number;
    fetchRetries?: number;
    userAgent?: string;
    maxSockets?: number;
    signal?: AbortSignal;
    headers?: Record<string, string>;
  };
  type RegistryResponse = { status: number; headers: Headers; body: AsyncIterable<Buffer> & { destroy?: () => void } };
  const fetch: ((path: string, options?: Options) => Promise<RegistryResponse>) & {
    json: (path: string, options?: Options) => Promise<unknown>;
  };
  export default fetch;
}
