"""Trains the tagger of people: which characters name somebody who took part in what a report tells.

  python3 people.py --reader run/checkpoint.pt --tokenizer tokenizer.json --data ../shared/reading --out people.pt

Begins from the reader's layers with a new head of two outputs a token (begins a name, inside a name). Four rounds over
the reports, some 20 minutes on one thread; `export.py --name people --checkpoint people.pt` makes the file of it.
"""
import argparse
import random
import re

import torch
from torch import nn
from torch.nn import functional as F

from data import read_all
from model import HalfCopy, ReaderModel
from wordpiece import CLS, SEP, WordPiece

WINDOW, OVERLAP, HEADLINE, BATCH, ROUNDS, RATE, SEED = 300, 60, 40, 16, 4, 8e-5, 3
SENTENCE_END = re.compile(r"[。！？；\n]")


def labels(report, starts, ends):
    """Every place where somebody who took part is named: first tokens, and all tokens."""
    begins, inside = [0.0] * len(starts), [0.0] * len(starts)
    for person in report.people:
        if not (person["attend"] or person["host"] or person["speak"]):
            continue
        for match in re.finditer(re.escape(person["name"]), report.text):
            tokens = [k for k in range(len(starts)) if starts[k] >= match.start() and ends[k] <= match.end()]
            for k in tokens:
                inside[k] = 1.0
            for k in tokens[:1]:
                begins[k] = 1.0
    return begins, inside


def windows(report, tokenise):
    """Windows of headline and text that begin at sentences where they can, with their labels."""
    ids, starts, ends = tokenise(report.text)
    begins, inside = labels(report, starts, ends)
    front = [CLS] + tokenise(report.headline)[0][:HEADLINE] + [SEP]
    room, at = WINDOW - len(front) - 1, 0
    while True:
        to = min(at + room, len(ids))
        yield front + ids[at:to] + [SEP], len(front), begins[at:to], inside[at:to]
        if to == len(ids):
            return
        behind = to - OVERLAP
        while behind < to - 1 and not SENTENCE_END.match(report.text[starts[behind - 1]]):
            behind += 1
        at = behind if behind < to - 1 else to - OVERLAP


def collate(batch):
    n = (max(len(ids) for ids, *_ in batch) + 15) // 16 * 16
    ids, kinds, attend = torch.zeros(len(batch), n).long(), torch.zeros(len(batch), n).long(), torch.zeros(len(batch), n)
    wanted, counts = torch.zeros(len(batch), n, 2), torch.zeros(len(batch), n, 1)
    for row, (tokens, first, begins, inside) in enumerate(batch):
        ids[row, :len(tokens)] = torch.tensor(tokens)
        attend[row, :len(tokens)] = 1
        kinds[row, first:len(tokens)] = 1
        wanted[row, first:first + len(begins), 0] = torch.tensor(begins)
        wanted[row, first:first + len(inside), 1] = torch.tensor(inside)
        counts[row, first:first + len(begins)] = 1
    return ids, kinds, attend, wanted, counts


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("reader", "tokenizer", "data", "out"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    reports, *_ = read_all(a.data)
    tokenise = WordPiece.from_tokenizer_json(a.tokenizer)
    examples = [window for report in reports for window in windows(report, tokenise)]

    master, model = ReaderModel(), ReaderModel(dropout=0.1)
    master.load_state_dict(torch.load(a.reader, map_location="cpu")["master"])
    for one in (master, model):
        one.head = nn.Linear(one.head.in_features, 2)
    nn.init.normal_(master.head.weight, std=0.02)
    nn.init.zeros_(master.head.bias)
    half = HalfCopy(master, model)
    adam = torch.optim.AdamW(half.trained(), lr=RATE, weight_decay=0.01, foreach=True)

    total, step = ROUNDS * (len(examples) // BATCH), 0
    for _ in range(ROUNDS):
        chance.shuffle(examples)
        for at in range(0, len(examples) // BATCH * BATCH, BATCH * 8):
            drawn = sorted(examples[at:at + BATCH * 8], key=lambda example: len(example[0]))
            batches = [drawn[i:i + BATCH] for i in range(0, len(drawn), BATCH)]
            chance.shuffle(batches)
            for batch in batches:
                ids, kinds, attend, wanted, counts = collate(batch)
                out = half.model(ids, kinds, attend)
                loss = F.binary_cross_entropy_with_logits(out, wanted, weight=counts * (1 + 2 * wanted), reduction="sum") / counts.sum() * 10
                loss.backward()
                half.step(adam, RATE * min(1, (step + 1) / (0.1 * total)) * (1 - step / total))
                step += 1
                if step % 20 == 0:
                    print(f"step {step} of {total} loss {loss.item():.3f}", flush=True)
    torch.save({"master": master.state_dict()}, a.out)


if __name__ == "__main__":
    main()
