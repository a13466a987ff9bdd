import type { DroppedFile } from "./kept-files";

// A lockfile is a few megabytes at most; the reader says so itself at its own, exact limit. This one only keeps the
// browser from loading a film into memory.
const MAX_BYTES_TO_LOAD = 64 * 1024 * 1024;
const MAX_FILES = 400;
const SKIPPED_FOLDERS = new Set([
  "node_modules",
  ".git",
  "vendor",
  "target",
  "dist",
  "build",
  ".next",
  ".venv",
  "venv",
  "Pods",
]);

/** Every file of a drop, folders walked, with its path; heavy folders of installed packages are left out. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry?.())
    .filter((entry) => entry !== null && entry !== undefined);
  if (entries.length === 0) return [...transfer.files];
  const found: File[] = [];
  const waiting = [...entries];
  while (waiting.length > 0 && found.length < MAX_FILES) {
    const entry = waiting.shift()!;
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      found.push(withPath(file, entry.fullPath.replace(/^\//, "")));
    } else if (!SKIPPED_FOLDERS.has(entry.name)) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (batch.length === 0) break;
        waiting.push(...batch);
      }
    }
  }
  return found;
}

const paths = new WeakMap<File, string>();
function withPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

/** Reads files into memory, in the order of their paths, so that the same files always give the same answer. */
export async function load(files: File[]): Promise<DroppedFile[]> {
  const loaded: DroppedFile[] = [];
  for (const file of files) {
    const path = paths.get(file) ?? (file.webkitRelativePath || file.name);
    const readable = file.size <= MAX_BYTES_TO_LOAD ? file : file.slice(0, MAX_BYTES_TO_LOAD);
    loaded.push({ path, bytes: await readable.arrayBuffer() });
  }
  return loaded.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
