"""Trains the reader, on a GPU where there is one. Resumes from its checkpoint, so that a run can be spread over several sittings.

  python3 train.py --embedder bge-small-zh-v1.5.onnx --tokenizer tokenizer.json --data ../shared/reading --out run

With `--teachers` it learns from what earlier runs say together besides the answers themselves.
"""
import argparse
import os
import time

import torch
from torch.nn import functional as F

from data import read_all
from examples import Maker
from model import PAIR, HalfCopy, ReaderModel, load_embedder, mean_of
from wordpiece import WordPiece


def collate(batch):
    n = max(len(e.ids) for e in batch)
    n = (n + 15) // 16 * 16
    ids, kinds, attend = torch.zeros(len(batch), n).long(), torch.zeros(len(batch), n).long(), torch.zeros(len(batch), n)
    allowed, inside = (torch.zeros(len(batch), n) for _ in range(2))
    for i, e in enumerate(batch):
        ids[i, :len(e.ids)] = torch.tensor(e.ids)
        attend[i, :len(e.ids)] = 1
        kinds[i, e.ids.index(102) + 1:len(e.ids)] = 1
        allowed[i, 0] = 1
        allowed[i, e.first:len(e.ids) - 1] = 1
        for a, b in e.inside:
            inside[i, a:b + 1] = 1
    right = [(i, a, b) for i, e in enumerate(batch) for a, b in [(e.start, e.end), *e.also]]
    return ids, kinds, attend, allowed, inside, torch.tensor(right)


def places(right, shape):
    """The right spans as a mask over all pairs of tokens."""
    spans = torch.zeros(shape, dtype=torch.bool, device=right.device)
    spans[right[:, 0], right[:, 1], right[:, 2]] = True
    return spans


def at_one_of(scores, right):
    """Cross entropy where any of several places is right: the chance of all of them together counts."""
    chances = F.log_softmax(scores, -1)
    return -torch.logsumexp(chances.masked_fill(~right, -1e4), -1).mean()


def spread(scores, chances):
    """Cross entropy against chances of places."""
    return -(chances * F.log_softmax(scores, -1)).sum(-1).mean()


def scored(out, allowed):
    """Scores of starts, of ends and of all their pairs, over the text tokens and position 0."""
    closed = (1 - allowed) * -1e4
    start, end = out[..., 0] + closed, out[..., 1] + closed
    n = start.shape[1]
    whole = start[:, :, None] + end[:, None, :] + out[..., 4:4 + PAIR] @ out[..., 4 + PAIR:].transpose(1, 2)
    no_span = torch.ones(n, n, dtype=torch.bool, device=out.device).tril(-1)
    no_span[0, 1:] = True
    return start, end, whole.masked_fill(no_span, -1e4)


def taught(outs, allowed):
    """What teachers say together: the chances of spans, of tokens being inside, of being answered here."""
    spans = sum(F.softmax(scored(out, allowed)[2].flatten(1), -1) for out in outs) / len(outs)
    n = allowed.shape[1]
    return spans.view(-1, n, n), sum(torch.sigmoid(o[..., 2]) for o in outs) / len(outs), sum(torch.sigmoid(o[:, 0, 3]) for o in outs) / len(outs)


def loss_of(out, allowed, inside, right, teachers=None, trust=0.0):
    """Spans, their starts and ends over the text tokens and position 0, each token inside or not, and answerable at [CLS]."""
    start, end, whole = scored(out, allowed)
    spans = places(right, whole.shape)
    answered = 1 - spans[:, 0, 0].float()
    alone = (at_one_of(start, spans.any(2)) + at_one_of(end, spans.any(1))) / 2
    span = (alone + at_one_of(whole.flatten(1), spans.flatten(1))) / 2
    if teachers:
        chances, inner, here = teachers
        alone = (spread(start, chances.sum(2)) + spread(end, chances.sum(1))) / 2
        span = (1 - trust) * span + trust * (alone + spread(whole.flatten(1), chances.flatten(1))) / 2
        inside = (1 - trust) * inside + trust * inner
        answered = (1 - trust) * answered + trust * here
    text = allowed.clone()
    text[:, 0] = 0
    per_token = F.binary_cross_entropy_with_logits(out[..., 2], inside, weight=text * (1 + 3 * inside), reduction="sum")
    here = F.binary_cross_entropy_with_logits(out[:, 0, 3], answered)
    return span + 0.5 * per_token / text.sum() * 10 + 0.3 * here, span.detach(), here.detach()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("embedder", "tokenizer", "data", "out"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--archive", help="the reports that our own questions in questions.tsv are about; without it these are left out")
    p.add_argument("--begin", nargs="*", default=[], help="checkpoints to begin from (their mean) instead of the embedder")
    p.add_argument("--teachers", nargs="*", default=[], help="checkpoints of earlier runs to learn from")
    p.add_argument("--trust", type=float, default=0.7, help="how much the teachers count beside the answers")
    p.add_argument("--cmrc", type=float, default=2.5, help="how often a question of CMRC is drawn beside one of XQuAD")
    p.add_argument("--more", type=float, default=0, help="how often a question of more-questions.tsv is drawn beside another on a report; 0 leaves them out")
    p.add_argument("--share", type=float, nargs=2, default=[0.25, 0.8], help="of district questions, at the start and at the end")
    p.add_argument("--mean-from", type=float, default=0.6, help="from which part of the run on weights are averaged")
    p.add_argument("--steps", type=int, default=2400)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--length", type=int, default=320)
    p.add_argument("--lr", type=float, default=1.2e-4)
    p.add_argument("--seed", type=int, default=4)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--save-every", type=int, default=150)
    a = p.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)

    os.makedirs(a.out, exist_ok=True)
    district, _, public, _, group = read_all(a.data, a.archive, a.more > 0)
    maker = Maker(WordPiece.from_tokenizer_json(a.tokenizer), district, public, group, a.length, a.seed, a.cmrc, a.more)
    print("questions", {k: len(v) for k, v in maker.pools.items()}, flush=True)

    master = load_embedder(ReaderModel(), a.embedder)
    if a.begin:
        master.load_state_dict(mean_of(a.begin))
    master.to(device)
    half = HalfCopy(master, ReaderModel(dropout=0.1), device)
    model = half.model
    teachers = [ReaderModel() for _ in a.teachers]
    for teacher, path in zip(teachers, a.teachers):
        teacher.load_state_dict(mean_of([path]))
        teacher.bfloat16().to(device).eval()
    decay, plain = [m for m in half.trained() if m.dim() > 1], [m for m in half.trained() if m.dim() < 2]
    adam = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=a.lr, foreach=True)
    warm = max(1, int(0.08 * a.steps))
    rate = lambda s: (s + 1) / warm if s < warm else max(0.0, (a.steps - s) / (a.steps - warm))

    mean, averaged = {}, 0
    step, checkpoint = 0, a.out + "/checkpoint.pt"
    if os.path.exists(checkpoint):
        kept = torch.load(checkpoint, weights_only=False)
        master.load_state_dict(kept["master"])
        adam.load_state_dict(kept["adam"])
        maker.rng.setstate(kept["rng"])
        torch.set_rng_state(kept["torch_rng"])
        step, mean, averaged = kept["step"], {k: v.to(device) for k, v in kept["mean"].items()}, kept["averaged"]
        model.load_state_dict(master.state_dict())

    began, begin_step, seen, sums = time.time(), step, 0, torch.zeros(2, device=device)
    pool = []
    while step < a.steps:
        if not pool:  # batches of like length out of a shuffled stretch: less padding, still mixed
            share = a.share[0] + (a.share[1] - a.share[0]) * step / a.steps
            drawn = [maker.draw(share) for _ in range(a.batch * 8)]
            drawn.sort(key=lambda e: len(e.ids))
            pool = [drawn[i:i + a.batch] for i in range(0, len(drawn), a.batch)]
            maker.rng.shuffle(pool)
        ids, kinds, attend, allowed, inside, right = (t.to(device) for t in collate(pool.pop()))
        with torch.no_grad():
            said = taught([t(ids, kinds, attend) for t in teachers], allowed) if teachers else None
        loss, span, here = loss_of(model(ids, kinds, attend), allowed, inside, right, said, a.trust)
        loss.backward()
        half.step(adam, a.lr * rate(step))
        step += 1
        if step > a.mean_from * a.steps:
            averaged += 1
            with torch.no_grad():
                for name, m in master.named_parameters():
                    if m.grad is not None:
                        mean.setdefault(name, m.detach().clone()).lerp_(m, 1 / averaged)
        seen += len(ids)
        sums += torch.stack([span, here])
        if step % 25 == 0:
            speed = seen / (time.time() - began)
            left = (a.steps - step) * a.batch / speed / 60
            print(f"step {step} span {sums[0] / 25:.3f} here {sums[1] / 25:.3f} {speed:.1f}/s {left:.1f} min left", flush=True)
            sums.zero_()
        if not pool and step - begin_step >= a.save_every or step == a.steps:
            begin_step = step
            torch.save({"master": master.state_dict(), "mean": mean, "averaged": averaged, "adam": adam.state_dict(), "rng": maker.rng.getstate(),
                        "torch_rng": torch.get_rng_state(), "step": step}, checkpoint + ".new")
            os.replace(checkpoint + ".new", checkpoint)


if __name__ == "__main__":
    main()
