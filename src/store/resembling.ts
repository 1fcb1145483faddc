/** Whether one character of two names of the same length differs. */
export function differsInOne(one: string, other: string): boolean {
	return one.length === other.length && [...one].filter((char, i) => char !== other[i]).length === 1;
}

/** Whether a name could be meant by another that no issue holds: see `Store.peopleLike`. */
export function resembles(name: string, asked: string): boolean {
	if (name.includes(asked) || differsInOne(name, asked)) return true;
	return asked.length > 1 && name[0] === asked[0] && name.includes(asked.slice(-1));
}
