const BLOCK = 512;

/**
 * Writes one file as an entry of a tar archive (POSIX ustar): header, content, and zeros up to the block. A whole archive
 * is its entries and `TAR_END`.
 *
 * @param name  ASCII, at most 100 characters
 */
export function tarEntry(name: string, content: Uint8Array, modifiedAt: Date): Buffer {
  if (!/^[\x20-\x7e]{1,100}$/.test(name)) throw new Error(`"${name}" cannot be a name in a tar archive.`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, "0")}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8), 100); // mode
  header.write(octal(0, 8), 108); // owner
  header.write(octal(0, 8), 116); // group
  header.write(octal(content.byteLength, 12), 124);
  header.write(octal(Math.floor(modifiedAt.getTime() / 1000), 12), 136);
  header.write("        ", 148); // the sum is taken with blanks in its own place
  header.write("0", 156); // an ordinary file
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.byteLength % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}

/** The end of a tar archive: two blocks of zeros. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);
