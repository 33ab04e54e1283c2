import path from 'node:path';

// What a person may have set to reach a registry; everything else that npm hands to its scripts confuses the tools below it.
const kept =
  /^npm_config_(registry|userconfig|cafile|ca|proxy|https_proxy|noproxy|strict_ssl|offline|prefer_offline)$/i;

/** Gives the environment of the tools of this workspace: their commands first on the path, without the variables of npm. */
export function toolEnvironment(root, environment = process.env) {
  const entries = Object.entries(environment).filter(([name]) => !/^npm_/i.test(name) || kept.test(name));
  const result = Object.fromEntries(entries);
  const pathName = Object.keys(result).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  result[pathName] = [path.join(root, 'node_modules', '.bin'), result[pathName]].filter(Boolean).join(path.delimiter);
  return result;
}
