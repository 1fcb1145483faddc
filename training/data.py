"""Reads the public and the district questions and splits them so that nothing held out is trained on.

Every question becomes one record: text, headline, q, kind, spans [(start, end)] of the pieces of its answer
(code points, text order, none for a refusal), proof (start, end) and all (the strings a right answer holds).
"""
import gzip
import hashlib
import json
import os
from dataclasses import dataclass, field

HELD_OUT_PUBLIC = 15  # percent of the CMRC contexts
# Each public set ends its answers by its own custom. This mark before a question says whose custom is asked for; without
# one it is ours, which is what the program asks for.
MARKS = {"cmrc-dev": "※", "cmrc-trial": "※※", "drcd-dev": "†", "drcd-test": "†", "xquad-zh": "§", "district": ""}

OUR_MARK = "◇"  # before our own questions on public texts


@dataclass
class Question:
    text_id: str
    q: str
    kind: str
    spans: list
    proof: tuple = None
    all: list = field(default_factory=list)
    also: list = field(default_factory=list)  # other right answers (start, end), where a set has several


@dataclass
class Text:
    id: str
    source: str
    text: str
    headline: str = ""
    people: list = field(default_factory=list)
    questions: list = field(default_factory=list)


def shingles(text, size=6):
    return {hash(text[i:i + size]) for i in range(len(text) - size + 1)}


def near_twins(texts, share=0.25):
    """Groups (text id -> group) of texts of which one holds at least `share` of the other's six-character runs."""
    sets = [shingles(t.text) for t in texts]
    parent = list(range(len(texts)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holders = {}
    for i, s in enumerate(sets):
        shared = {}
        for h in s:
            for j in holders.setdefault(h, []):
                shared[j] = shared.get(j, 0) + 1
            holders[h].append(i)
        for j, n in shared.items():
            if n >= share * min(len(s), len(sets[j])):
                parent[root(i)] = root(j)
    return {t.id: root(i) for i, t in enumerate(texts)}


def pieces(text, answers, proof):
    """Where the strings of an answer stand: inside the proof, at the place nearest to the piece before; None if one is lost."""
    found, at = [], proof[0]
    for a in answers:
        i = text.find(a, at, proof[1] + 1)
        if i < 0:
            i = text.find(a, proof[0], proof[1] + 1)
        if i < 0:
            i = text.find(a)
        if i < 0:
            return None
        found.append((i, i + len(a)))
        at = i + len(a) if i + len(a) < proof[1] else proof[0]
    return sorted(set(found))


def read_district(path):
    texts = []
    for line in open(path, encoding="utf-8"):
        d = json.loads(line)
        t = Text(d["id"], "district", d["text"], d["headline"], d["people"])
        for q in d["questions"]:
            if q["kind"] == "refuse":
                t.questions.append(Question(t.id, q["q"], "refuse", []))
                continue
            proof = (q["proof"]["start"], q["proof"]["start"] + len(q["proof"]["text"]))
            spans = pieces(t.text, q["all"], proof)
            if spans:
                t.questions.append(Question(t.id, q["q"], q["kind"], spans, proof, q["all"]))
        texts.append(t)
    return texts


def read_public(path):
    texts = {}
    for line in gzip.open(path, "rt", encoding="utf-8"):
        d = json.loads(line)
        key = hashlib.sha256(d["context"].encode()).hexdigest()[:12]
        t = texts.setdefault(key, Text(key, d["set"], d["context"]))
        span, *also = [(a["start"], a["start"] + len(a["text"])) for a in d["answers"]]
        t.questions.append(Question(key, MARKS[t.source] + d["question"], "public", [span], span, [x["text"] for x in d["answers"]], also))
    return list(texts.values())


def read_ours(path, archive, public, source="ours"):
    """Our own questions: on reports of the archive, which are returned, and on public texts, to which they are added.

    Lines of text, kind, question, and where the pieces of its answer stand (`12-18 25-31`, code points); of a refusal
    nowhere. A report's headline is in our words or, where it stands in the report, a place too.
    """
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    asked, texts = {line[0] for line in lines}, {t.id: t for t in public}
    for line in gzip.open(archive, "rt", encoding="utf-8"):
        d = json.loads(line)
        if d["id"] in asked:
            texts[d["id"]] = Text(d["id"], source, d["text"])
    for id_, kind, q, where in lines:
        t = texts[id_]
        spans = [tuple(map(int, span.split("-"))) for span in where.split()]
        strings = [t.text[a:b] for a, b in spans]
        if kind == "title":
            t.headline = q or strings[0]
        else:
            mark = OUR_MARK if t.source != source else ""
            t.questions.append(Question(id_, mark + q, kind, spans, spans[0] if spans else None, strings))
    return [t for t in texts.values() if t.source == source]


def read_all(folder, archive=None, more=False):
    """(training district, held-out district, training public, held-out CMRC, near-twin groups); ours are trained on only.

    `more` takes in more-questions.tsv, on which the shipped reader was not trained.
    """
    district, public = read_district(folder + "/district.jsonl"), read_public(folder + "/public.jsonl.gz")
    here = os.path.dirname(os.path.abspath(__file__))
    ours = read_ours(here + "/questions.tsv", archive, public) if archive else []
    ours += read_ours(here + "/more-questions.tsv", archive, public, "more") if archive and more else []
    group = near_twins(district + ours)
    held = [t for t in district if int(t.id, 16) % 8 == 0]
    held_groups = {group[t.id] for t in held}  # a near-twin of a held-out report is not trained on
    train = [t for t in district if int(t.id, 16) % 8] + ours
    out = lambda t: t.source.startswith("cmrc") and int(t.id, 16) % 100 < HELD_OUT_PUBLIC
    train = [t for t in train if group[t.id] not in held_groups]
    return train, held, [t for t in public if not out(t)], [t for t in public if out(t)], group
