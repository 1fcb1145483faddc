/** Waits; an aborted signal ends the wait early, without an error: whoever waits looks at the signal. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const done = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal?.addEventListener('abort', done, { once: true });
	});
}

/** How long to wait after so many failures in a row: doubled each time, and spread, so that two bots do not keep step. */
export function backoff(failures: number, firstMs: number, mostMs: number): number {
	const full = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
	return Math.round(full * (0.75 + Math.random() * 0.25));
}
