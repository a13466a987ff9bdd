import { handleAuthRequest } from "@/lib/auth/auth";

export const GET = handleAuthRequest;
export const POST = handleAuthRequest;
