import { describe, expect, it } from 'vitest';
import { isTooOld, stampOf } from './install.mjs';
import { toolEnvironment } from './tool-environment.mjs';

const here = { version: 'v20.19.0', platform: 'linux', arch: 'x64' };

describe('stampOf', () => {
  it('changes with the lockfile, the version of Node and the platform', () => {
    const stamps = [
      stampOf('a', here),
      stampOf('b', here),
      stampOf('a', { ...here, version: 'v22.1.0' }),
      stampOf('a', { ...here, platform: 'darwin' }),
      stampOf('a', { ...here, arch: 'arm64' }),
    ];
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stampOf('a', here)).toBe(stamps[0]);
  });
});

describe('isTooOld', () => {
  it('accepts 20.19 and newer', () => {
    expect(['18.20.0', '20.18.3'].map(isTooOld)).toEqual([true, true]);
    expect(['20.19.0', '22.0.0', '26.1.0'].map(isTooOld)).toEqual([false, false, false]);
  });
});

describe('toolEnvironment', () => {
  it('drops what npm hands down, keeps the registry, and puts the tools first', () => {
    const given = {
      PATH: '/bin',
      HOME: '/h',
      npm_lifecycle_event: 'test',
      npm_config_omit: 'dev',
      npm_config_registry: 'r',
    };
    const path = `/clone/node_modules/.bin${process.platform === 'win32' ? ';' : ':'}/bin`;
    expect(toolEnvironment('/clone', given)).toEqual({ PATH: path, HOME: '/h', npm_config_registry: 'r' });
  });
});
