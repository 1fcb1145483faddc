import type { Reader, Reading } from './types.js';

/** Readings kept, some 2 kB each. */
const MOST = 500;

/**
 * A reader that remembers its latest readings. Many people ask the same when an issue is new, some at the same moment:
 * what is being read for one is not read again for the next. A reading depends on nothing but what is asked and read.
 */
export function remembering(reader: Reader): Reader {
	const readings = new Map<string, Promise<Reading>>();
	return {
		id: reader.id,
		read(question, text, context = '') {
			const key = JSON.stringify([question, context, text]);
			const reading = readings.get(key) ?? reader.read(question, text, context);
			// The latest stands last, so that the first is the one to forget.
			readings.delete(key);
			readings.set(key, reading);
			reading.catch(() => {
				if (readings.get(key) === reading) readings.delete(key);
			});
			for (const oldest of readings.keys()) {
				if (readings.size <= MOST) break;
				readings.delete(oldest);
			}
			return reading;
		},
	};
}
