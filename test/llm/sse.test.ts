import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventReader } from '../../src/llm/sse.js';

function read(pieces: readonly string[]): readonly string[] {
	const reader = new EventReader();
	return [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
}

it('gives the same events wherever the text is cut, and whatever ends its lines', () => {
	const event = fc.stringMatching(/^[a-z{}": ]{1,12}$/u).filter((data) => data.trim() === data);
	const end = fc.constantFrom('\n', '\r\n');
	fc.assert(
		fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), end, fc.array(fc.nat(80)), (events, eol, cuts) => {
			const text = `: hello${eol}${events.map((data) => `event: x${eol}data: ${data}${eol}${eol}`).join('')}`;
			const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
			const pieces = places.slice(1).map((place, n) => text.slice(places[n], place));
			expect(read(pieces)).toEqual(events);
		}),
	);
});

it('joins the data lines of an event, and gives the last one though no empty line follows', () => {
	expect(read(['data: a\ndata:b\n\ndata: c'])).toEqual(['a\nb', 'c']);
});
