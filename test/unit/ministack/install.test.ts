import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installMinistack } from '#localstack/ministack/start.ts';

/** A PATH that contains only a fake python3: a shell script that receives python3's arguments. */
async function pathWith(python3: string | null): Promise<{ folder: string; env: { PATH: string } }> {
  const place = await mkdtemp(join(tmpdir(), 'tidemark-python-'));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  if (python3 !== null) {
    await writeFile(join(place, 'python3'), `#!/bin/sh\n${python3}\n`);
    await chmod(join(place, 'python3'), 0o755);
  }
  return { folder: join(place, 'installed'), env: { PATH: place } };
}

/** Script that creates an environment whose python answers `-m pip` in this way. */
function pythonWithPip(pip: string): string {
  return `if [ "$1" = --version ]; then echo Python 3.12.1; exit; fi
/bin/mkdir -p "$3/bin"
/bin/cat > "$3/bin/python" <<'END'
#!/bin/sh
${pip}
END
/bin/chmod +x "$3/bin/python"
echo made >> "\${0%/*}/made"`;
}

describe('the installation of MiniStack', () => {
  it('says in one line that there is no Python', async () => {
    await expect(installMinistack(await pathWith(null))).rejects.toThrow(
      'MiniStack needs python3, which is not on the PATH: install Python 3.10 or newer, or deploy to another emulator',
    );
  });

  it('says in one line that Python is too old', async () => {
    await expect(installMinistack(await pathWith('echo Python 3.9.18'))).rejects.toThrow(
      'MiniStack needs Python 3.10 or newer, and python3 is Python 3.9.18: put another on the PATH',
    );
  });

  it('says in one line that Python makes no environments', async () => {
    const python = `if [ "$1" = --version ]; then echo Python 3.12.1; exit; fi
echo 'The virtual environment was not created successfully because ensurepip is not
available. Install the python3-venv package.

Failing command: python3'; exit 1`;

    await expect(installMinistack(await pathWith(python))).rejects.toThrow(
      "MiniStack can't be installed: The virtual environment was not created successfully because ensurepip is not available. Install the python3-venv package.: check pip",
    );
  });

  it('says in one line what pip could not install, and leaves nothing', async () => {
    const error =
      'ERROR: Could not find a version that satisfies the requirement ministack==0.0.0 (from versions: 1, 2)';
    const place = await pathWith(pythonWithPip(`echo 'WARNING: slow' >&2; echo '${error}' >&2; exit 1`));

    await expect(installMinistack(place)).rejects.toThrow(
      "MiniStack can't be installed: Could not find a version that satisfies the requirement ministack==0.0.0: check pip and its index, or deploy to another emulator",
    );
    expect(await readdir(place.folder)).toEqual([]);
  });

  it('is made once per set of pins, also by two at the same time', async () => {
    const place = await pathWith(pythonWithPip('exit 0'));
    const requirements = join(place.env.PATH, 'requirements.txt');
    await writeFile(requirements, 'ministack==1.0.0\n');
    const install = () => installMinistack({ ...place, requirements });

    const [first, second] = await Promise.all([install(), install()]);
    const again = await install();
    const madeBefore = (await readFile(join(place.env.PATH, 'made'), 'utf8')).split('\n').length;
    await writeFile(requirements, 'ministack==1.0.1\n');
    const other = await install();

    expect([second, again]).toEqual([first, first]);
    expect(other).not.toBe(first);
    expect(await readdir(place.folder)).toHaveLength(2);
    expect((await readFile(join(place.env.PATH, 'made'), 'utf8')).split('\n')).toHaveLength(madeBefore + 1);
  });

  it('pins every package to one version', async () => {
    const requirements = new URL('../../../localstack/ministack/requirements.txt', import.meta.url);
    const lines = (await readFile(requirements, 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^[a-z0-9-]+==\d[\w.]*$/);
  });
});
