type Payload = Readonly<Record<string, unknown>>;

/** A picture as the ledger can keep it. */
export interface KeptPicture {
	readonly png: string;
}

/** A picture made fit for a payload that is kept as JSON. */
export function keptPicture(png: Uint8Array): KeptPicture {
	return { png: Buffer.from(png).toString('base64') };
}

function isPicture(value: unknown): value is KeptPicture {
	return typeof value === 'object' && value !== null && 'png' in value && typeof value.png === 'string';
}

/** What is sent as a new message where the message that was to be changed is gone; null where nothing is. */
export function insteadOf({ instead }: Payload): Payload | null {
	return typeof instead === 'object' && instead !== null ? (instead as Payload) : null;
}

/** The payload as telegraf's client takes it: pictures as bytes, and beside them nested values as JSON, which it leaves to us. */
export function callable({ instead: _, ...payload }: Payload): Payload {
	const { photo } = payload;
	if (!isPicture(photo)) return payload;
	const made: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(payload))
		made[key] = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
	made['photo'] = { source: Buffer.from(photo.png, 'base64'), filename: 'chart.png' };
	return made;
}

/** The same message with less that Telegram may refuse: first without formatting and reply, then without buttons. Null when nothing is left to leave out. */
export function plainer(payload: Payload): Payload | null {
	const { entities, caption_entities, reply_parameters, message_thread_id, ...rest } = payload;
	if (entities ?? caption_entities ?? reply_parameters)
		return message_thread_id === undefined ? rest : { ...rest, message_thread_id };
	const { reply_markup, ...bare } = rest;
	if (reply_markup ?? message_thread_id) return bare;
	return null;
}
