declare module "@yarnpkg/lockfile" {
  const lockfile: { parse(text: string): unknown };
  export default lockfile;
}
