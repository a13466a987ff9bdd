export const OTHER_PAGES: Record<string, unknown> = {};
export const OTHER_ROUTES: Record<string, unknown> = {};
export const OTHER_ACTIONS: Record<string, unknown> = {};
