import fc from 'fast-check';
import { expect, it } from 'vitest';
import { neighbours } from '../../src/opensearch/neighbours.js';
import { fold } from '../../src/text/fold.js';

const text = fc.string({ unit: fc.constantFrom('市', '长', 'Ａ', 'a', '\n', '😀', '，') });

it('has a string as a phrase exactly where the text holds it', () => {
	fc.assert(
		fc.property(text, text, text, (before, within, after) => {
			const wanted = neighbours(within).join(' ');
			fc.pre(wanted !== '');
			for (const whole of [before + within + after, before + after]) {
				const isPhrase = ` ${neighbours(whole).join(' ')} `.includes(` ${wanted} `);
				expect(isPhrase).toBe(fold(whole).includes(fold(within)));
			}
		}),
	);
});
