/** Turns text into vectors. Vectors are normalised, so that their dot product is the cosine. */
export interface Embedder {
	/** Names the weights, the pooling, the prefix and the format; vectors of different ids are never mixed. */
	readonly id: string;
	readonly dimension: number;
	embedPassage(text: string): Promise<Float32Array>;
	embedQuestion(question: string): Promise<Float32Array>;
}
