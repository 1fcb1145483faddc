"""Turns questions into windows of tokens, with new negatives, windows and headline choices each time one is drawn."""
import bisect
import random
import re
from dataclasses import dataclass
from itertools import accumulate

from data import OUR_MARK
from wordpiece import CLS, SEP

DRCD_WEIGHT = 0.5  # how often a question of it is drawn beside one of XQuAD
MAX_QUESTION, MAX_HEADLINE = 48, 40
SENTENCE_END = re.compile(r"[。！？；!?;]")


@dataclass
class Example:
    ids: list
    first: int  # first text token; tokens before it are question and headline
    start: int  # 0 = not answered here
    end: int
    inside: list  # token ranges (start, end inclusive) of the pieces
    also: list  # token ranges of other right answers


class Maker:
    """Draws training examples. All chance comes from one seeded generator."""

    def __init__(self, tokenise, district, public, group, max_len, seed, cmrc_weight=2.5, more_weight=1):
        self.tokenise, self.group, self.max_len = tokenise, group, max_len
        self.rng = random.Random(seed)
        self.texts = {t.id: t for t in district + public}
        self.tokens = {t.id: tokenise(t.text) for t in district + public}
        self.heads = {t.id: tokenise(t.headline)[0][:MAX_HEADLINE] for t in district}
        self.pools = {"district": [q for t in district for q in t.questions], "public": [q for t in public for q in t.questions]}
        # CMRC asks for the longest and hardest answers.
        weights = {"cmrc": cmrc_weight, "drcd": DRCD_WEIGHT}
        weigh = lambda q: 1 if q.q.startswith(OUR_MARK) else weights.get(self.texts[q.text_id].source.split("-")[0], 1)
        often = lambda q: more_weight if self.texts[q.text_id].source == "more" else 1
        self.ends = {side: list(accumulate(map(by, self.pools[side]))) for side, by in (("district", often), ("public", weigh))}
        self.people = [(t, p) for t in district for p in t.people if p["title"]]
        self.near = {"district": Near(district), "public": Near(public)}

    def draw(self, district_share, negative=0.16):
        roll = self.rng.random()
        if roll < 0.05:
            return self._title()
        side = "district" if roll < 0.05 + 0.95 * district_share else "public"
        q = self.rng.choices(self.pools[side], cum_weights=self.ends[side])[0]
        if not q.spans:
            return self.window(q.q, q.text_id, None, hint=q.q)
        if self.rng.random() < negative:
            return self._negative(q, side)
        return self.window(q.q, q.text_id, q.spans, also=q.also)

    def _negative(self, q, side):
        text = self.texts[q.text_id].text
        way = self.rng.random()
        if way < 0.4:
            other = self.near[side].pick(q.q, q.text_id, self.rng)
            twin = side == "district" and self.group[other] == self.group[q.text_id]
            if not twin and not all(a in self.texts[other].text for a in q.all[:1]):
                return self.window(q.q, other, None, hint=q.q)
        if way < 0.7:
            made = self.window(q.q, q.text_id, None, avoid=(q.spans[0][0], q.spans[-1][1], q.all))
            if made:
                return made
        cut = cut_sentences(text, q.spans, q.all)
        return self.window(q.q, q.text_id, None, hint=q.q, text=cut) if len(cut) > 60 else self.window(q.q, q.text_id, q.spans)

    def _title(self):
        """Who holds which office, from the lists of people: news style at no cost, with its own refusals."""
        t, p = self.rng.choice(self.people)
        name, title = p["name"], p["title"]
        at = [m.start() for m in re.finditer(re.escape(title + name), t.text)]
        if not at:
            return self.draw(1.0)
        i = at[0]
        ask = self.rng.random()
        if ask < 0.45:
            q, span = self.rng.choice(["{}是什么职务？", "{}担任什么职务？", "{}是谁？", "{}什么来头？", "{}是干啥的？", "{}是哪个单位的什么领导？"]).format(name), (i, i + len(title))
        elif ask < 0.75:
            q, span = self.rng.choice(["{}是谁？", "{}叫什么名字？", "谁是{}？", "{}是哪位？", "{}姓甚名谁"]).format(title), (i + len(title), i + len(title) + len(name))
        else:
            other = self.near["district"].pick(t.headline, t.id, self.rng)
            if name in self.texts[other].text or title in self.texts[other].text:
                return self.draw(1.0)
            q = self.rng.choice([name + "是什么职务？", title + "是谁？", title + "叫什么名字？"])
            return self.window(q, other, None)
        return self.window(q, t.id, [span])

    def window(self, question, text_id, spans, hint=None, avoid=None, text=None, also=()):
        """One window: with the answer in it when there are spans, else near the hint or away from `avoid`."""
        q = self.tokenise(question)[0][:MAX_QUESTION]
        head = self.heads.get(text_id, [])
        front = [CLS] + q + [SEP]
        if head and self.rng.random() < 0.5:
            front = front + head + [SEP]
        source = text if text is not None else self.texts[text_id].text
        ids, starts, ends = self.tokenise(text) if text is not None else self.tokens[text_id]
        room = self.max_len - len(front) - 1
        if self.rng.random() < 0.5:  # passages are shorter than a window, so see short ones too
            room = min(room, self.rng.randint(80, 220))
        pieces = [token_range(starts, ends, s) for s in spans or []]
        if pieces and pieces[-1][1] - pieces[0][0] >= 100:
            pieces = pieces[:1]
        if pieces:  # the answer must fit, whole or, when it is longer than any window, its beginning
            full = self.max_len - len(front) - 1
            pieces = [(a, min(b, pieces[0][0] + full - 1)) for a, b in pieces]
            room = max(room, pieces[-1][1] - pieces[0][0] + 1)
        firsts = sentence_starts(source, starts)
        if pieces:
            low, high = pieces[-1][1] - room + 1, pieces[0][0]
            options = [f for f in firsts if low <= f <= high] or [max(0, min(high, low + 8))]
        elif avoid:
            a, b = token_range(starts, ends, avoid[:2])
            options = [f for f in firsts if (f > b or f + room <= a) and len(ids) - f > 60
                       and not any(x in source[starts[f]:ends[min(f + room, len(ids)) - 1]] for x in avoid[2])]
            if not options:
                return None
        else:
            options = [f for f in firsts if len(ids) - f > min(room, 60)] or [0]
            if hint and self.rng.random() < 0.7:
                grams = {hint[i:i + 2] for i in range(len(hint) - 1)}
                score = lambda f: sum(g in source[starts[f]:ends[min(f + room, len(ids)) - 1]] for g in grams)
                options = [max(options, key=score)]
        f = self.rng.choice(options)
        body = ids[f:f + room]
        first = len(front)
        shift = first - f
        inside = [(a + shift, b + shift) for a, b in pieces]
        s, e = (inside[0][0], inside[-1][1]) if inside else (0, 0)
        others = [(a + shift, b + shift) for a, b in (token_range(starts, ends, s) for s in also)]
        return Example(front + body + [SEP], first, s, e, inside, [(a, b) for a, b in others if a >= first and b < first + len(body)])


def token_range(starts, ends, span):
    """First and last token that overlap a span of code points."""
    a = bisect.bisect_right(ends, span[0])
    return a, max(a, bisect.bisect_left(starts, span[1]) - 1)


def sentence_starts(text, starts):
    """Tokens that begin a sentence."""
    out = [0]
    for m in SENTENCE_END.finditer(text):
        i = bisect.bisect_left(starts, m.end())
        if i < len(starts) and i > out[-1]:
            out.append(i)
    return out


def cut_sentences(text, spans, answers):
    """The text without the sentences that hold its answer, or a string of it."""
    kept, at = [], 0
    for m in list(SENTENCE_END.finditer(text)) + [None]:
        end = m.end() if m else len(text)
        part = text[at:end]
        if not any(a < end and at < b for a, b in spans) and not any(x in part for x in answers):
            kept.append(part)
        at = end
    return "".join(kept)


class Near:
    """Texts that share rare character pairs with a question: where a wrong answer would look right."""

    def __init__(self, texts):
        self.holders = {}
        for t in texts:
            for g in {t.text[i:i + 2] for i in range(len(t.text) - 1)}:
                self.holders.setdefault(g, []).append(t.id)
        self.ids = [t.id for t in texts]

    def pick(self, question, own, rng, best=8):
        score = {}
        for g in sorted({question[i:i + 2] for i in range(len(question) - 1)}):  # sorted: sums must not depend on hash order
            where = self.holders.get(g, ())
            if 0 < len(where) < 400:
                for t in where:
                    score[t] = score.get(t, 0) + 1 / len(where) ** 0.5
        score.pop(own, None)
        ranked = sorted(score, key=lambda t: (-score[t], t))[:best]
        return rng.choice(ranked or [t for t in self.ids[:50] if t != own])
