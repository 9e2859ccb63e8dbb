import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** What a program printed and how it ended. */
export interface Ended {
  status: number;
  output: string;
}

async function run(program: string, given: string[], cwd: string): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, given, { cwd });
    return { status: 0, output: stdout + stderr };
  } catch (failed) {
    const { code, stdout, stderr } = failed as { code: number; stdout: string; stderr: string };
    return { status: code, output: stdout + stderr };
  }
}

/** The package as `npm pack` makes it, installed in a project where nothing else is. */
export class InstalledPackage {
  readonly folder: string;
  /** The file that would be published. */
  readonly tarball: string;
  /** What is in it, paths from its root. */
  readonly files: readonly string[];

  private constructor(folder: string, tarball: string, files: readonly string[]) {
    this.folder = folder;
    this.tarball = tarball;
    this.files = files;
  }

  /** @throws when packing or installing fails, with what npm said */
  static async create(): Promise<InstalledPackage> {
    const folder = await mkdtemp(join(tmpdir(), 'boarding-id-installed-'));
    const must = async (given: string[], cwd: string): Promise<string> => {
      const { status, output } = await run(npm, given, cwd);
      if (status !== 0) throw new Error(`npm ${given.join(' ')}\n${output}`);
      return output;
    };
    // Built already, by whoever runs the tests.
    const pack = [
      'pack',
      '--ignore-scripts',
      '--json',
      '--loglevel=error',
      '--pack-destination',
      folder,
    ];
    const [packed] = Object.values(
      JSON.parse(await must(pack, root)) as { filename: string; files: { path: string }[] }[],
    );
    if (!packed) throw new Error('npm pack made nothing.');
    const own = { private: true, type: 'module' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(own));
    const { version } = JSON.parse(
      await readFile(resolve('@types/react/package.json'), 'utf8'),
    ) as { version: string };
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    const tarball = join(folder, packed.filename);
    await must([...install, tarball, `@types/react@${version}`], folder);
    return new InstalledPackage(
      folder,
      tarball,
      packed.files.map(({ path }) => path),
    );
  }

  /** A file of the installed package. */
  file(path: string): string {
    return join(this.folder, 'node_modules/boarding-id', path);
  }

  async write(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text);
    return file;
  }

  /** Runs a program of the project in Node. */
  node(...given: string[]): Promise<Ended> {
    return run(process.execPath, given, this.folder);
  }

  /** What the compiler says of files, strictly and with every declaration looked at. */
  compile(resolution: 'bundler' | 'nodenext', ...files: string[]): Promise<Ended> {
    const tsc = resolve('typescript/package.json').replace('package.json', 'bin/tsc');
    const options = `--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes
      --noUncheckedIndexedAccess --skipLibCheck false --target es2022 --jsx react-jsx
      --module ${resolution === 'bundler' ? 'esnext' : 'nodenext'} --moduleResolution ${resolution}
      --resolveJsonModule --lib es2023,dom,dom.iterable,dom.asynciterable --types`;
    return this.node(tsc, ...files, ...options.split(/\s+/), '');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
