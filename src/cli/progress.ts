import type { ProgressStep, Reporter } from '../app.js';
import type { Terminal } from './terminal.js';

type Progress = Reporter['progress'];

const WIDTH = 24;
const REDRAW_MS = 100;

/** A progress bar on standard error where that is a terminal; elsewhere one line when a step begins. */
export function progressOn(
	terminal: Terminal,
	stream: NodeJS.WriteStream = process.stderr,
): Progress & { done(): void } {
	let label = '';
	let started = 0;
	let drawn = 0;
	const finish = (): void => {
		if (stream.isTTY && label) stream.write('\n');
		label = '';
	};
	const show = (step: ProgressStep): void => {
		const now = Date.now();
		if (step.label !== label) {
			finish();
			label = step.label;
			started = now;
			drawn = 0;
			if (!stream.isTTY) terminal.err(`${step.label}…`);
		}
		const last = step.total !== null && step.done >= step.total;
		if (!stream.isTTY || (!last && now - drawn < REDRAW_MS)) return;
		drawn = now;
		stream.write(`\r\u001b[K${bar(step, now - started)}`);
		if (last) finish();
	};
	return Object.assign(show, { done: finish });
}

/** `建立索引 ████░░░░ 120/400 95/秒 剩余 3 秒` */
export function bar(step: ProgressStep, elapsedMs: number): string {
	const rate = elapsedMs > 0 ? step.done / (elapsedMs / 1000) : 0;
	const amount = (n: number): string =>
		step.unit === 'bytes' ? `${(n / 1_048_576).toFixed(1)}MB` : String(Math.round(n));
	if (step.total === null || step.total === 0) return `${step.label} ${amount(step.done)}`;
	const share = Math.min(1, step.done / step.total);
	const full = Math.round(share * WIDTH);
	const left = rate > 0 && share < 1 ? ` 剩余 ${Math.ceil((step.total - step.done) / rate)} 秒` : '';
	return `${step.label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${amount(step.done)}/${amount(step.total)} ${amount(rate)}/秒${left}`;
}
