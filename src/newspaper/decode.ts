import iconv from 'iconv-lite';
import type { IssueFile } from './types.js';

/** A file's text and how it was written; or why it is none. */
export type Decoded =
	| { readonly text: string; readonly encoding: IssueFile['encoding'] }
	| { readonly fault: 'binary' | 'encoding' | 'cut' };

/**
 * Decodes the bytes of an issue file: by its byte order mark, else as UTF-8, else as GB18030.
 * The mark of a UTF-8 file is kept (U+FEFF), because offsets count it; so are line ends as they are.
 */
export function decode(bytes: Buffer): Decoded {
	if (startsWith(bytes, [0xff, 0xfe])) return utf16(bytes, 'utf-16le');
	if (startsWith(bytes, [0xfe, 0xff])) return utf16(bytes, 'utf-16be');
	if (bytes.includes(0)) return { fault: 'binary' };
	const utf8 = strictly(bytes, 'utf-8');
	if (utf8 !== null) return looksBinary(utf8) ? { fault: 'binary' } : { text: utf8, encoding: 'utf-8' };
	if (isCutUtf8(bytes)) return { fault: 'cut' };
	const text = iconv.decode(bytes, 'gb18030', { stripBOM: false });
	if (looksBinary(text)) return { fault: 'binary' };
	return isChinese(text) ? { text, encoding: 'gb18030' } : { fault: 'encoding' };
}

function startsWith(bytes: Buffer, mark: readonly number[]): boolean {
	return mark.every((byte, i) => bytes[i] === byte);
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): Decoded {
	const text = bytes.length % 2 === 0 ? strictly(bytes, encoding) : null;
	return text === null || looksBinary(text) ? { fault: 'binary' } : { text, encoding: 'utf-16' };
}

function strictly(bytes: Buffer, encoding: string): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** Good UTF-8 but for its last character, which is not all there: the file was not written to its end. */
function isCutUtf8(bytes: Buffer): boolean {
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
		return /[^\u0000-\u007f]/u.test(text);
	} catch {
		return false;
	}
}

/** Text has no control characters but tabs, line ends and page feeds; a few strays from a scan are let pass. */
function looksBinary(text: string): boolean {
	const strays = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/gu)?.length ?? 0;
	return strays > 8 + text.length / 200;
}

/**
 * Nearly any bytes can be read as GB18030. They are that only if what comes out is Chinese:
 * nothing that cannot be read, and everyday characters for the most part.
 */
function isChinese(text: string): boolean {
	const foreign = text.match(/[^\u0000-\u007f]/gu)?.length ?? 0;
	if (foreign === 0) return false;
	const broken = text.match(/[\ufffd\ue000-\uf8ff\u0080-\u009f]/gu)?.length ?? 0;
	// GB2312's first level (the everyday characters) begins at 啊 and ends at 座 in GB18030's own order.
	let everyday = 0;
	let asked = 0;
	for (const char of text.slice(0, 20000)) {
		if (!/\p{Script=Han}/u.test(char)) continue;
		asked++;
		const [lead = 0, trail = 0] = iconv.encode(char, 'gb18030');
		if (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) everyday++;
	}
	return broken * 50 <= foreign && asked > 0 && everyday * 2 >= asked;
}
