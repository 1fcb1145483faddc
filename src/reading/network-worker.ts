import { workerData } from 'node:worker_threads';
import { serve } from '../threads/serve.js';
import { type Graph, openNetwork } from './network.js';

// A thread of its own around the network: the runtime computes on the thread that asks it, and the thread that
// answers questions must stay free for others.
const network = await openNetwork(workerData as Graph);
serve(network.run);
