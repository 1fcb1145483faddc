/** Where a message came from and where its answer goes. */
export interface Place {
	readonly chat: number;
	readonly thread: number | null;
	readonly user: number;
	/** The message that is answered; null where the answer is no reply. */
	readonly replyTo: number | null;
	readonly request: string;
}
