"""Writes the questions that measure a reader, none of which it was trained on, as one JSON file for evaluate.mjs.

  python3 measured.py --data ../shared/reading --district ../shared/district --out work/measured.json

Three sets: `held` (the held-out eighth of the district reports), `cmrc` (held-out contexts) and `gold` (the
district gold questions with the right article given; a refusal is given the article it nearly misses).
"""
import argparse
import glob
import json
import os

from data import read_all

# The kinds of the gold set that a span of the right article answers; the others belong to the grammar.
GOLD_KINDS = {"when", "where", "howmany", "what", "person", "chair", "speak", "list", "refuse"}


def gold_articles(folder):
    """Headline -> text, for every issue: an article runs from its headline to the next one."""
    gold = [json.loads(line) for line in open(folder + "/gold.jsonl", encoding="utf-8")]
    titles = {q[k] for q in gold for k in ("source", "near") if k in q}
    people = folder + "/people.jsonl"
    if os.path.exists(people):
        titles |= {p.get("source") or p.get("headline") for p in map(json.loads, open(people, encoding="utf-8"))}
    texts = {}
    for path in sorted(glob.glob(folder + "/issues/*.txt")):
        title = None
        for line in open(path, encoding="utf-8-sig", errors="replace"):
            bare = line.strip().removeprefix("##").strip()
            if bare in titles:
                title = bare
                texts.setdefault(title, [])
            elif line.startswith("##"):
                title = None
            elif title:
                texts[title].append(line)
    return gold, {t: "".join(lines).strip() for t, lines in texts.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "district", "out"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    _, held, _, cmrc, _ = read_all(a.data)
    row = lambda t, q: {"kind": q.kind, "q": q.q, "text": t.text, "headline": t.headline, "all": q.all}
    gold, articles = gold_articles(a.district)
    rows, lost = [], 0
    for q in gold:
        text = articles.get(q.get("source") or q.get("near"), "")
        if q["kind"] in GOLD_KINDS:
            lost += not text
            if text:
                rows.append({"kind": q["kind"], "q": q["q"], "text": text[:3000], "headline": q.get("source") or q["near"], "all": q["all"]})
    sets = {"held": [row(t, q) for t in held for q in t.questions], "gold": rows,
            "cmrc": [{**row(t, q), "kind": t.source} for t in cmrc for q in t.questions]}
    json.dump(sets, open(a.out, "w", encoding="utf-8"), ensure_ascii=False)
    print({k: len(v) for k, v in sets.items()}, "gold questions without their article:", lost)


if __name__ == "__main__":
    main()
