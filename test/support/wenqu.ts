import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildEnd, ended } from './child.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A folder of its own with these issue files in seeds/; wenqu runs in it offline, without a model. */
export class Desk {
	readonly dir = mkdtempSync(join(tmpdir(), 'wenqu-'));

	constructor(issues: Readonly<Record<string, string | Buffer>>) {
		mkdirSync(join(this.dir, 'seeds'));
		for (const [file, text] of Object.entries(issues)) this.write(file, text);
	}

	write(file: string, text: string | Buffer): void {
		writeFileSync(join(this.dir, 'seeds', file), text);
	}

	/** Runs the built program here; `input` goes to its standard input. */
	run(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Promise<ChildEnd> {
		const child = spawn(process.execPath, [MAIN, ...args], {
			cwd: this.dir,
			env: {
				PATH: process.env['PATH'],
				HOME: this.dir,
				WENQU_OFFLINE: '1',
				WENQU_MODEL_DIR: join(this.dir, 'models'),
				...env,
			},
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		return ended(child);
	}
}
