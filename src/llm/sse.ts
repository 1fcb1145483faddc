/**
 * Reads server-sent events from text that comes in pieces of any length and gives each event's data. Of the format only
 * `data` lines matter here; comments and other fields are passed over.
 */
export class EventReader {
	#rest = '';
	#data: string[] = [];

	/** Takes more text; gives the data of the events that it completes. */
	feed(text: string): readonly string[] {
		const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/u);
		this.#rest = lines.pop() ?? '';
		return lines.flatMap((line) => this.#line(line));
	}

	/** The last event, where the stream ended without the empty line behind it. */
	end(): readonly string[] {
		return [...this.feed('\n'), ...this.#line('')];
	}

	#line(line: string): readonly string[] {
		if (line === '') {
			const event = this.#data.join('\n');
			this.#data = [];
			return event === '' ? [] : [event];
		}
		if (line.startsWith('data:')) this.#data.push(line.slice(5).replace(/^ /u, ''));
		return [];
	}
}
