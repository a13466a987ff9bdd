import type { SentAnswers } from "@/lib/funding/visitor";

/**
 * The lockfiles a visitor dropped, kept in this browser only (IndexedDB), so that a reload, or signing in through a link
 * that opens another tab, does not lose them. Nothing here is ever sent; "Clear" forgets all of it.
 */

export type DroppedFile = { path: string; bytes: ArrayBuffer };

/** What was asked outside about the kept files: the id to watch and fetch under, and the answers once there are some. */
export type KeptAsking = { runId: string; packages: number; answers: SentAnswers | null; finishedOn: string | null };

const DATABASE = "tributary";
const FILES = "files";
const ASKING = "asking";
type Store = typeof FILES | typeof ASKING;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(FILES, { keyPath: "path" });
      request.result.createObjectStore(ASKING);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStores<Result>(
  mode: IDBTransactionMode,
  run: (store: (name: Store) => IDBObjectStore) => IDBRequest<Result> | undefined,
): Promise<Result | undefined> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction([FILES, ASKING], mode);
      const request = run((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Answers the kept files in the order of their paths; none where the browser keeps nothing. */
export async function keptFiles(): Promise<DroppedFile[]> {
  try {
    return (await inStores("readonly", (store) => store(FILES).getAll() as IDBRequest<DroppedFile[]>)) ?? [];
  } catch {
    return [];
  }
}

/**
 * Keeps the files in place of whatever was kept before, and forgets what was asked about those; answers false where the
 * browser would not (private windows, no space).
 */
export async function keepFiles(files: DroppedFile[]): Promise<boolean> {
  try {
    await inStores("readwrite", (store) => {
      store(ASKING).clear();
      store(FILES).clear();
      for (const file of files) store(FILES).put(file);
      return undefined;
    });
    return true;
  } catch {
    return false;
  }
}

/** Forgets every kept file and what was asked about them. */
export async function forgetFiles(): Promise<void> {
  await keepFiles([]);
}

/** Answers what was asked about the kept files; null when nothing was. */
export async function keptAsking(): Promise<KeptAsking | null> {
  try {
    return (await inStores("readonly", (store) => store(ASKING).get("one") as IDBRequest<KeptAsking>)) ?? null;
  } catch {
    return null;
  }
}

/** Keeps what was asked, in place of what was asked before; null forgets it. Where nothing can be kept, the page still knows. */
export async function keepAsking(asking: KeptAsking | null): Promise<void> {
  try {
    await inStores("readwrite", (store) => {
      if (asking) store(ASKING).put(asking, "one");
      else store(ASKING).clear();
      return undefined;
    });
  } catch {
    // the answers then last as long as the page
  }
}
