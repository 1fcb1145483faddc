import { execFileSync } from 'node:child_process';

/** Tests that start wenqu as a process run what is built: build it from the sources under test first. */
export function setup(): void {
	execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
