/**
 * The bytes of a response as they come. Throws the signal's reason as soon as it aborts, and leaves the connection then
 * and whenever the reader stops early.
 *
 * The signal given to fetch is not enough: what ties it to the body may be collected as garbage while the body is still
 * coming (nodejs/node#55428), and a server that falls silent is then waited for without end.
 */
export async function* bytesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
	const reader = response.body?.getReader();
	if (!reader) return;
	const leave = (): void => void reader.cancel(signal.reason).catch(() => {});
	signal.addEventListener('abort', leave, { once: true });
	try {
		for (;;) {
			signal.throwIfAborted();
			const { done, value } = await reader.read();
			signal.throwIfAborted();
			if (done) return;
			yield value;
		}
	} finally {
		signal.removeEventListener('abort', leave);
		leave();
	}
}
