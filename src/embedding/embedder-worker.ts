import { workerData } from 'node:worker_threads';
import { serve } from '../threads/serve.js';
import { TransformersEmbedder } from './transformers-embedder.js';

const embedder = await TransformersEmbedder.load(workerData as string);
serve((text: string) => embedder.embed(text));
