import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Embedder } from '../../src/embedding/types.js';
import type { IndexReport, UpdateOptions } from '../../src/indexing/types.js';
import { updateIndex } from '../../src/indexing/update.js';
import { openSnapshot } from '../../src/store/snapshot.js';
import type { SearchableSnapshot } from '../../src/store/types.js';

/** Stands in for the model: texts that share pairs of characters have vectors that are near. */
export class PairEmbedder implements Embedder {
	embedded = 0;

	constructor(
		readonly id = 'pairs-64',
		readonly dimension = 64,
	) {}

	async embedPassage(text: string): Promise<Float32Array> {
		this.embedded++;
		return this.embedQuestion(text);
	}

	async embedQuestion(text: string): Promise<Float32Array> {
		const vector = new Float32Array(this.dimension);
		for (let i = 0; i + 1 < text.length; i++) {
			const place = (text.charCodeAt(i) * 31 + text.charCodeAt(i + 1)) % this.dimension;
			vector[place] = (vector[place] ?? 0) + 1;
		}
		const length = Math.hypot(...vector) || 1;
		return vector.map((value) => value / length);
	}
}

/** An index folder beside a seeds folder, both removed by `remove`. */
export class IndexFolder {
	readonly root = mkdtempSync(join(tmpdir(), 'wenqu-index-'));
	readonly seedsDir = join(this.root, 'seeds');
	readonly indexDir = join(this.root, 'index');
	readonly embedder = new PairEmbedder();
	readonly warnings: string[] = [];
	/** However small: what becomes of a graph is under test wherever there is an index in one database. */
	readonly graphFrom: number;
	readonly splitFrom: number;

	/** With `isSplit` issues that come after the first run are kept in a second database, as in a large index. */
	constructor(issues: Readonly<Record<string, string>> = {}, isSplit = false) {
		this.graphFrom = isSplit ? Number.POSITIVE_INFINITY : 1;
		this.splitFrom = isSplit ? 1 : Number.POSITIVE_INFINITY;
		mkdirSync(this.seedsDir);
		for (const [file, text] of Object.entries(issues)) this.write(file, text);
	}

	write(file: string, text: string | Buffer): void {
		writeFileSync(join(this.seedsDir, file), text);
	}

	remove(file: string): void {
		rmSync(join(this.seedsDir, file));
	}

	update(options: Partial<UpdateOptions> = {}): Promise<IndexReport> {
		return updateIndex({
			seedsDir: this.seedsDir,
			indexDir: this.indexDir,
			embedder: async () => this.embedder,
			onWarning: (line) => this.warnings.push(line),
			graphFrom: this.graphFrom,
			splitFrom: this.splitFrom,
			...options,
		});
	}

	open(): SearchableSnapshot {
		return openSnapshot(this.indexDir, { onWarning: (line) => this.warnings.push(line) });
	}

	/** Everything a reader can see now. */
	contents(): unknown {
		const snapshot = this.open();
		try {
			return contentsOf(snapshot);
		} finally {
			snapshot.close();
		}
	}

	/** Names of the files in the index folder. */
	files(): string[] {
		return readdirSync(this.indexDir).sort();
	}

	destroy(): void {
		rmSync(this.root, { recursive: true, force: true });
	}
}

/** Makes index folders that are removed after the test that asked for them; call it once in a file. */
export function indexFolders(): (files?: Readonly<Record<string, string>>, isSplit?: boolean) => IndexFolder {
	const folders: IndexFolder[] = [];
	afterEach(() => {
		for (const made of folders.splice(0)) made.destroy();
	});
	return (files = {}, isSplit = false) => {
		const made = new IndexFolder(files, isSplit);
		folders.push(made);
		return made;
	};
}

/** Everything a reader can see of a generation, without what only tells how it came about. */
export function contentsOf(snapshot: SearchableSnapshot): unknown {
	const articles = snapshot.headlines().map(({ number }) => {
		const passages = snapshot.passagesOf(number);
		return { ...snapshot.article(number), passages };
	});
	const people = snapshot.people().map((name) => [name, snapshot.articlesNaming(name)]);
	return { counts: snapshot.counts, newestDate: snapshot.newestDate, model: snapshot.model, articles, people };
}

const PEOPLE = ['周正平', '吴立新', '郑海波', '孙晓梅', '钱文博', '赵丽华', '冯建国', '陈思远', '褚明亮', '卫东升'];
const PLACES = ['云州区', '临江镇', '北苑街道', '东海银行', '河西村', '南湖公园', '新城小学', '高新区'];
const MATTERS = ['防汛工作', '旧楼改造', '招商引资', '读书节', '秋粮收购', '河道治理', '养老服务', '校园足球'];

/** An issue of two made-up articles that differ with the number. */
export function issueText(n: number): string {
	const pick = (list: readonly string[], step: number): string => list[(n * step + step) % list.length] ?? '';
	const article = (step: number): string => {
		const [place, matter, chair, guest] = [
			pick(PLACES, step),
			pick(MATTERS, step + 2),
			pick(PEOPLE, step),
			pick(PEOPLE, step + 1),
		];
		return `${place}召开第${n}次${matter}会议\n\n本报讯（记者 陈小雨）昨日上午，${place}召开${matter}会议。区委书记${chair}主持，副区长${guest}参加。会议指出，${matter}关系千家万户，全年要完成${n * step + 3}项任务，投入资金${n * 10 + step}万元。${place}将在${(n % 12) + 1}月底前拿出方案。\n\n会议要求，各单位要把${matter}放在心上，一项一项抓好落实，让群众看到变化。\n`;
	};
	return `${article(1)}\n${article(3)}`;
}

/** Issues `from` to `to`, by file name. */
export function issues(from: number, to: number): Record<string, string> {
	const files: Record<string, string> = {};
	for (let n = from; n <= to; n++) files[issueFile(n)] = issueText(n);
	return files;
}

export function issueFile(n: number): string {
	return `2025-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}-${n}.txt`;
}
