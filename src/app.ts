import { join } from 'node:path';
import { Answerer } from './answering/answerer.js';
import type { Turn } from './answering/conversation.js';
import { THRESHOLDS } from './answering/thresholds.js';
import type { Answer } from './answering/types.js';
import { parseWording } from './answering/wording.js';
import { PACKAGE_ROOT, type Settings } from './config.js';
import { openEmbedder } from './embedding/open.js';
import type { Embedder } from './embedding/types.js';
import { ClusterError, IndexBusyError, ModelError, WenquError } from './errors.js';
import type { CheckReport } from './indexing/check.js';
import { skippedLines } from './indexing/skipped.js';
import type { IndexReport } from './indexing/types.js';
import { type Keeping, type OpenGeneration, openKeeping } from './keeping.js';
import { openLlm } from './llm/open.js';
import { loadPrompt } from './prompts/load.js';
import { openReader } from './reading/open.js';
import { openTagger, type Tagger } from './reading/people.js';
import { remembering } from './reading/remembering.js';
import type { Reader } from './reading/types.js';
import type { Retriever } from './retrieval/types.js';
import type { Store } from './store/store.js';

/** Before an answer at most so many skipped files are named; `wenqu index` names them all. */
const SKIPPED_SHOWN = 20;

/** How far a long step is. `total` is null where it is not known. */
export interface ProgressStep {
	readonly label: string;
	readonly done: number;
	readonly total: number | null;
	readonly unit: 'bytes' | 'passages' | 'issues';
}

/** What the faces give the app to report to; nothing of it is an answer. */
export interface Reporter {
	readonly progress: (step: ProgressStep) => void;
	readonly warn: (line: string) => void;
}

/** How a question is asked. */
export interface AskOptions {
	/** Lets a language model help where one is switched on. */
	readonly withLlm?: boolean;
	/** Takes the answer as a language model words it: proven sentences only, and not yet the last word. */
	readonly onText?: (soFar: string) => void;
	/** Ends the waiting for a language model; the answer then does without it. */
	readonly signal?: AbortSignal;
	/** Adds what the answer was made with. */
	readonly explain?: boolean;
}

/** Wenqu, open: one generation of the index, ready to answer, and able to move on to the next. */
export interface App {
	readonly settings: Settings;
	readonly snapshot: Store;
	readonly retriever: Retriever;
	ask(
		question: string,
		last?: Turn | null,
		id?: string | null,
		options?: AskOptions,
	): Promise<{ readonly answer: Answer; readonly turn: Turn }>;
	/** Proves the index; reads only. */
	check(): Promise<CheckReport>;
	/** Brings the index up to date and answers from the new generation from then on. */
	refresh(): Promise<IndexReport | null>;
	close(): void;
}

/** Opens the embedding model, or says why not in one line and gives null: wenqu then works on keywords. */
async function embedderOrNull(settings: Settings, reporter: Reporter): Promise<Embedder | null> {
	try {
		return await openEmbedder({
			modelDir: settings.modelDir,
			offline: settings.offline,
			hubEndpoint: settings.hubEndpoint,
			onProgress: ({ done, total }) => reporter.progress({ label: '下载模型', done, total, unit: 'bytes' }),
		});
	} catch (error) {
		if (!(error instanceof ModelError)) throw error;
		reporter.warn(`${error.message} 现在只用关键词查找。`);
		return null;
	}
}

/** Indexes what changed; null where nothing is to be written from here, or (with a warning) where it cannot be now and a generation is there to answer from. */
async function bringUpToDate(keeping: Keeping, reporter: Reporter): Promise<IndexReport | null> {
	try {
		const report = await keeping.update({});
		for (const line of skippedLines(report?.skipped ?? [], SKIPPED_SHOWN)) reporter.warn(line);
		return report;
	} catch (error) {
		if (!(error instanceof WenquError) || !(await keeping.isThere())) {
			if (error instanceof IndexBusyError) return keeping.update({ wait: true });
			throw error;
		}
		reporter.warn(`${error.message} 先用上一次建好的索引回答。`);
		return null;
	}
}

/** One generation of the index in use, and how many questions are being answered from it. */
interface Generation extends OpenGeneration {
	readonly answerer: Answerer;
	asked: number;
}

/** Whoever is between two looks into it has them first. */
function closeSoon({ snapshot }: Generation): void {
	setImmediate(() => snapshot.close());
}

/** A function that makes its value once, when first asked. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}

/**
 * Where the index is kept, with the embedding model at hand: it is loaded when first needed. `isIndexer`: whoever asks
 * means to write; else a cluster that others write to is left as it is by those who have no issue files of their own.
 */
export function keepingOf(settings: Settings, reporter: Reporter, isIndexer: boolean): Promise<Keeping> {
	const embedder = once(() => embedderOrNull(settings, reporter));
	const tagger = once(() => taggerOrNull(reporter));
	return openKeeping(settings, {
		embedder,
		tagger,
		isIndexer,
		onProgress: reporter.progress,
		onWarning: reporter.warn,
	});
}

/** Opens wenqu: the index brought up to date, models loaded only when needed. */
export async function openApp(settings: Settings, reporter: Reporter): Promise<App> {
	if (settings.seedsAreBundled) reporter.warn('当前文件夹没有 seeds，使用自带的示例报纸。');
	const answers = loadPrompt(settings.promptFolders, 'answers.md');
	const wording = parseWording(answers.body);
	const reader = once(() => readerOrNull(reporter));
	const keeping = await keepingOf(settings, reporter, false);
	const open = async (): Promise<Generation> => {
		const opened = await keeping.open(reader);
		const { snapshot, retriever, source } = opened;
		const desk = { snapshot, retriever, reader, wording, thresholds: THRESHOLDS };
		return { ...opened, answerer: new Answerer(desk, source), asked: 0 };
	};
	const { llm: llmSettings, promptFolders, dataDir } = settings;
	const llm = llmSettings && openLlm({ settings: llmSettings, promptFolders, dataDir, warn: reporter.warn });
	let look: string;
	let current: Generation;
	try {
		await bringUpToDate(keeping, reporter);
		look = await keeping.look();
		current = await open();
	} catch (error) {
		llm?.close();
		keeping.close();
		throw error;
	}
	/** Goes on to the generation that is published by now; questions under way are answered from theirs. */
	const moveOn = async (): Promise<void> => {
		const now = await keeping.look();
		if (now === look) return;
		look = now;
		const old = current;
		current = await open();
		if (old.asked === 0) closeSoon(old);
	};
	/** Another process may have published: a run of its own, or a backup that was restored. */
	const follow = async (): Promise<void> => {
		try {
			await moveOn();
		} catch (error) {
			if (!(error instanceof WenquError)) throw error;
			// Where the cluster is out of reach the question itself will say so.
			if (!(error instanceof ClusterError)) reporter.warn(`${error.message} 先用上一次建好的索引回答。`);
		}
	};
	return {
		settings,
		get snapshot() {
			return current.snapshot;
		},
		get retriever() {
			return current.retriever;
		},
		async ask(question, last = null, id = null, { withLlm = false, onText = () => {}, signal, explain = false } = {}) {
			await follow();
			const generation = current;
			const { snapshot, retriever, answerer, source } = generation;
			generation.asked++;
			try {
				const helper =
					withLlm && llm
						? llm.help({
								snapshot,
								retriever,
								source,
								people: await snapshot.people(),
								onText,
								...(signal ? { signal } : {}),
							})
						: null;
				const { answer, turn } = await answerer.answer(question, last, id, helper);
				if (!explain) return { answer, turn };
				const prompts = { [answers.file]: answers.hash, ...helper?.trace.prompts };
				return { answer: { ...answer, explain: { prompts, llm: helper?.trace ?? null } }, turn };
			} finally {
				generation.asked--;
				if (generation !== current && generation.asked === 0) closeSoon(generation);
			}
		},
		check: () => keeping.check(),
		async refresh() {
			const report = await bringUpToDate(keeping, reporter);
			await moveOn();
			return report;
		},
		close() {
			llm?.close();
			current.snapshot.close();
			keeping.close();
		},
	};
}

async function readerOrNull(reporter: Reporter): Promise<Reader | null> {
	const reader = await orRules(openReader(join(PACKAGE_ROOT, 'models')), reporter);
	return reader && { id: reader.id, read: remembering((...given) => reader.read(...given)) };
}

function taggerOrNull(reporter: Reporter): Promise<Tagger | null> {
	return orRules(openTagger(join(PACKAGE_ROOT, 'models')), reporter);
}

/** A model of our own, or why not in one line, and null. */
async function orRules<Model>(model: Promise<Model>, reporter: Reporter): Promise<Model | null> {
	try {
		return await model;
	} catch (error) {
		if (!(error instanceof ModelError)) throw error;
		reporter.warn(`${error.message} 现在只用规则。`);
		return null;
	}
}
