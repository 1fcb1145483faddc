import type { App } from '../app.js';
import type { Api } from './api.js';
import type { Download } from './download.js';
import type { Log } from './log.js';
import type { Outbox } from './outbox.js';
import type { ProgressFeed } from './progress.js';
import type { Refresher } from './refresher.js';
import type { Answers } from './store/answers.js';
import type { Conversations } from './store/conversations.js';
import type { People } from './store/people.js';
import type { Me } from './wire.js';
import type { Say } from './wording.js';

/** What the handlers of updates work with. */
export interface Context {
	readonly app: App;
	readonly api: Api;
	readonly me: Me;
	readonly say: Say;
	readonly log: Log;
	readonly outbox: Outbox;
	readonly conversations: Conversations;
	readonly answers: Answers;
	readonly people: People;
	readonly refresher: Refresher;
	readonly progress: ProgressFeed;
	/** Not everybody may ask: what one may see is not to be cached for all. */
	readonly isClosed: boolean;
	readonly startedAt: number;
	/** Updates that are being handled or wait. */
	readonly open: () => number;
	readonly download: Download;
}
