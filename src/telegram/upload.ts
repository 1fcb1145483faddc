import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../newspaper/decode.js';
import { refreshAloud, summaryOf } from './admin.js';
import type { Context } from './context.js';
import { reasonOf } from './log.js';
import { messagesTo } from './messages/send.js';
import type { Place } from './place.js';
import { plain } from './rich.js';
import type { Outgoing } from './store/ledger.js';
import type { Message } from './wire.js';

const MOST_BYTES = 5 * 1024 * 1024;
/** One name, no folders, nothing that a file system or a shell takes for something else. */
const NAME = /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9 ._()（）《》-]{0,80}\.(?:txt|md)$/iu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)\./iu;

/** An issue that an admin sends: checked, stored in the seeds folder, indexed and announced. */
export async function takeDocument(
	context: Context,
	place: Place,
	document: NonNullable<Message['document']>,
	caption: string,
): Promise<readonly Outgoing[]> {
	const name = (document.file_name ?? '').normalize('NFC');
	const refuse = (text: string): readonly Outgoing[] => messagesTo(place, plain(text));
	// They belong to the package and go with its next version.
	if (context.app.settings.seedsAreBundled)
		return refuse('现在用的是自带的示例报纸，不能往里加。请在运行的文件夹里建一个 seeds，再重新启动。');
	if (!NAME.test(name) || RESERVED.test(name) || name.includes('..'))
		return refuse('文件名不合适：应是一个 .txt 或 .md 文件，例如 2024-09-28.txt，名字里只用汉字、字母、数字和 . - _。');
	if ((document.file_size ?? 0) > MOST_BYTES) return refuse('文件太大，最多 5 MB。');
	const path = join(context.app.settings.seedsDir, name);
	if (existsSync(path) && !/替换/u.test(caption))
		return refuse(`已经有 ${name} 了。要换掉它，请重新发送，并在说明里写“替换”。`);
	const bytes = await context.download(document.file_id, MOST_BYTES);
	const fault = faultOf(bytes);
	if (fault) return refuse(fault);
	// The watcher and the indexer see either nothing or the whole file.
	const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
	const partial = join(context.app.settings.seedsDir, `.upload-${mark}.tmp`);
	try {
		writeFileSync(partial, bytes);
		renameSync(partial, path);
	} finally {
		rmSync(partial, { force: true });
	}
	context.log.info('upload', { request: place.request, file: name, bytes: bytes.length, user: place.user });
	void refreshAloud(
		context,
		place,
		`${name} 收到了，读报…`,
		(report) => `${name} 已收进报纸。\n${summaryOf(report)}`,
	).catch((error: unknown) => context.log.error('upload.failed', { request: place.request, reason: reasonOf(error) }));
	return [];
}

function faultOf(bytes: Uint8Array): string | null {
	if (bytes.length === 0) return '文件是空的。';
	const decoded = decode(Buffer.from(bytes));
	if (!('text' in decoded)) return '文件不是文本，或不是 UTF-8、GB18030 编码。';
	return decoded.text.includes('\0') ? '文件不是文本。' : null;
}
