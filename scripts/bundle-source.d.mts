/** Bundles a TypeScript program of the workspace into one file and gives the file's path. */
export function bundleSource(entry: string, outfile: string): Promise<string>;
