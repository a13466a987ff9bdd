/** How long a deletion can be taken back. */
export const GRACE_DAYS = 30;

/** What an instance does with a company's publications when it leaves; `LEAVING_POLICY` says which. */
export const LEAVING_POLICIES = ["erase", "tombstone"] as const;

/** One such policy. */
export type LeavingPolicy = (typeof LEAVING_POLICIES)[number];

/** Each policy in sentences: for strangers, and for whoever is about to leave. */
export const LEAVING_WORDS: Record<LeavingPolicy, { about: string; beforeLeaving: string }> = {
  erase: {
    about: `A company that leaves is gone from every public page at once. For ${GRACE_DAYS} days it can come back; then everything of it is deleted, what it published too, and nothing here says that it was.`,
    beforeLeaving:
      "Then scans, payments, the team and everything you published are deleted for good; nothing here goes on saying that you were listed.",
  },
  tombstone: {
    about: `A company that leaves is gone from every public page at once. For ${GRACE_DAYS} days it can come back; then everything of it is deleted but the bare facts of what it published: its name, for each report the year, the developers, the sum and the fingerprint, and the day it left. They stay at its address, and no figure of the directory counts them.`,
    beforeLeaving:
      "Then scans, payments, the team, your words and every line of your reports are deleted for good. The bare facts of what you published stay at your address: your name, for each report the year, the developers, the sum and the fingerprint, and the day you left.",
  },
};
