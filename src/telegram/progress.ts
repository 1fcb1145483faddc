import type { ProgressStep, Reporter } from '../app.js';

type OnProgress = Reporter['progress'];

/** Hands the app's progress on to whoever is watching at the time. */
export interface ProgressFeed {
	readonly report: OnProgress;
	/** Watches until the function that it gives is called. */
	watch(look: (step: ProgressStep) => void): () => void;
}

export function progressFeed(): ProgressFeed {
	const watchers = new Set<(step: ProgressStep) => void>();
	return {
		report: (step) => {
			for (const look of watchers) look(step);
		},
		watch(look) {
			watchers.add(look);
			return () => void watchers.delete(look);
		},
	};
}
