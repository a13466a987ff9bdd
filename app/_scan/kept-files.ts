/**
 * The lockfiles a visitor dropped, kept in this browser only (IndexedDB), so that a reload, or signing in through a link
 * that opens another tab, does not lose them. Nothing here is ever sent; "Clear" forgets all of it.
 */

export type DroppedFile = { path: string; bytes: ArrayBuffer };

const DATABASE = "tributary";
const STORE = "files";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "path" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  run: (store: IDBObjectStore) => IDBRequest<Result> | undefined,
): Promise<Result | undefined> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = run(transaction.objectStore(STORE));
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
    return (await inStore("readonly", (store) => store.getAll() as IDBRequest<DroppedFile[]>)) ?? [];
  } catch {
    return [];
  }
}

/** Keeps the files in place of whatever was kept before; answers false where the browser would not (private windows, no space). */
export async function keepFiles(files: DroppedFile[]): Promise<boolean> {
  try {
    await inStore("readwrite", (store) => {
      store.clear();
      for (const file of files) store.put(file);
      return undefined;
    });
    return true;
  } catch {
    return false;
  }
}

/** Forgets every kept file. */
export async function forgetFiles(): Promise<void> {
  await keepFiles([]);
}
