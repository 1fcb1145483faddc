import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';

/** The same said in the plainest way. */
function plainly(text: string): string {
	const narrow = text.replace(/[\uff01-\uff5e\u3000]/gu, (char) =>
		char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
	);
	return narrow.replace(/\p{Lu}/gu, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char));
}

describe('folding', () => {
	it('brings full-width forms and capitals to the plain letter, all else as it is', () => {
		expect(fold('ＧＤＰ　增长５．２％，Äß·“İ”𝐀𐐀')).toBe(plainly('ＧＤＰ　增长５．２％，Äß·“İ”𝐀𐐀'));
	});

	it('is the same for any text, broken surrogates too', () => {
		const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xff00, max: 0xff60 }));
		fc.assert(
			fc.property(fc.array(unit), (units) => {
				const text = String.fromCharCode(...units);
				expect(fold(text)).toBe(plainly(text));
			}),
			{ numRuns: 500 },
		);
	});

	it('is the same for every single unit', () => {
		for (let code = 0; code <= 0xffff; code++) {
			const char = String.fromCharCode(code);
			if (fold(char) !== plainly(char)) expect(fold(char), code.toString(16)).toBe(plainly(char));
		}
	});
});
