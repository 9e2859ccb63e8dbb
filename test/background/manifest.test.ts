import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { iconSizes, manifestFor, targets, type Target } from '../../extension/manifest.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const told = readFileSync(`${root}extension/PERMISSIONS.md`, 'utf8');

interface Manifest {
  permissions: string[];
  optional_permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  content_security_policy: Record<string, string>;
  [key: string]: unknown;
}
const manifest = (target: Target) => manifestFor(target, version) as Manifest;

/** Each string in it, however deep. */
const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

/** Width and height of a PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('the manifest', () => {
  it('asks for the fewest permissions, and for the same in both browsers but for the panel', () => {
    assert.deepEqual(manifest('chromium').permissions, ['alarms', 'storage', 'sidePanel']);
    assert.deepEqual(manifest('firefox').permissions, ['alarms', 'storage']);
    for (const target of targets) {
      const { optional_permissions, host_permissions, optional_host_permissions } =
        manifest(target);
      assert.deepEqual(optional_permissions, ['notifications']);
      assert.deepEqual(host_permissions, ['http://localhost/*']);
      assert.deepEqual(optional_host_permissions, ['https://*/*']);
    }
  });

  it('asks for nothing that PERMISSIONS.md does not give the reason for, and the other way round', () => {
    const asked = new Set(
      targets.flatMap((target) => {
        const { permissions, optional_permissions, host_permissions, optional_host_permissions } =
          manifest(target);
        return [
          ...permissions,
          ...optional_permissions,
          ...host_permissions,
          ...optional_host_permissions,
        ];
      }),
    );
    const [tables = ''] = told.split('## What Firefox wants declared');
    const named = [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    assert.equal(named.length, asked.size);
    assert.deepEqual(new Set(named), asked);
  });

  it('declares to Firefox’s users the data that PERMISSIONS.md gives the reason for', () => {
    const { gecko } = manifest('firefox')['browser_specific_settings'] as {
      gecko: { data_collection_permissions: { required: string[] } };
    };
    const [, tables = ''] = told.split('## What Firefox wants declared');
    const named = [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(named, gecko.data_collection_permissions.required);
  });

  it('lets nothing into a web page, and no web page in', () => {
    for (const target of targets) {
      for (const key of ['content_scripts', 'web_accessible_resources', 'externally_connectable'])
        assert.equal(key in manifest(target), false, key);
    }
  });

  it('lets its pages run and load their own files alone, by Trusted Types of Lit’s alone', () => {
    for (const target of targets) {
      const { content_security_policy } = manifest(target);
      assert.deepEqual(Object.keys(content_security_policy), ['extension_pages']);
      const policy = new Map(
        content_security_policy['extension_pages']!.split('; ').map((directive) => {
          const [name = '', ...sources] = directive.split(' ');
          return [name, sources.join(' ')];
        }),
      );
      assert.doesNotMatch([...policy.values()].join(' '), /unsafe|data:|blob:|(^| )\*/);
      assert.equal(policy.get('default-src'), "'none'");
      assert.equal(policy.get('script-src'), "'self'");
      assert.equal(policy.get('require-trusted-types-for'), "'script'");
      assert.equal(policy.get('trusted-types'), 'lit-html');
      const remote = [...policy].filter(([, sources]) => /https?:/.test(sources));
      // Calls, which are no code: to whatever issuer the traveller sets.
      assert.deepEqual(remote, [['connect-src', 'https: http://localhost:*']]);
    }
  });

  it('is one for both browsers but for what only one of them has', () => {
    const own = {
      chromium: ['minimum_chrome_version', 'side_panel'],
      firefox: ['browser_specific_settings', 'sidebar_action'],
    };
    const [chromium, firefox] = targets.map((target) =>
      Object.entries(manifest(target))
        .filter(([key]) => !own[target].includes(key))
        .filter(([key]) => !['permissions', 'background'].includes(key)),
    );
    assert.deepEqual(chromium, firefox);
  });

  for (const target of targets) {
    const folder = `${root}dist/extension/${target}/`;

    it(`for ${target} is the one that was built, with the package’s version`, () => {
      const built = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) as Manifest;
      assert.deepEqual(built, manifest(target));
      assert.equal(built['version'], version);
    });

    it(`for ${target} names only files that were built, and texts that there are`, () => {
      const named = stringsIn(manifest(target));
      const files = named.filter((text) => /^[\w/]+\.(html|js|png)$/.test(text));
      assert.ok(files.length >= 8);
      for (const file of files) assert.ok(existsSync(folder + file), file);
      const texts = JSON.parse(
        readFileSync(`${folder}_locales/zh_CN/messages.json`, 'utf8'),
      ) as object;
      for (const text of named) {
        const [, key] = /^__MSG_(\w+)__$/.exec(text) ?? [];
        if (key !== undefined) assert.ok(key in texts, key);
      }
    });

    it(`for ${target} has icons of the sizes that it says`, () => {
      for (const size of iconSizes)
        assert.deepEqual(sizeOf(readFileSync(`${folder}icons/${size}.png`)), [size, size]);
    });
  }
});
