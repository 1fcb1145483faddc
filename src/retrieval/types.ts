import type { Hit } from '../store/types.js';

/** Finds passages for a question: keyword leg and vector leg, fused; ties broken by file name and place. */
export interface Retriever {
	search(query: string, limit: number): Promise<readonly Hit[]>;
}
