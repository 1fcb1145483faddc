"""The reader: the four BERT layers of bge-small-zh-v1.5 and one linear head of four outputs a token.

Outputs: 0 start, 1 end, 2 inside an answer (for answers in several pieces), 3 answerable here (read at [CLS] only),
then PAIR numbers of a token as a start and PAIR of it as an end: their product says how well the two go together.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, INNER, VOCAB, POSITIONS = 4, 512, 8, 2048, 21128, 512
PAIR = 32
OUTPUTS = 4 + 2 * PAIR


class Drop(nn.Module):
    """Dropout; on a processor from one pool of random bits: drawing millions anew at each step takes a tenth of the run."""

    def __init__(self, rate, size=2 ** 23):
        super().__init__()
        self.rate, self.size = rate, size
        self.pool = ((torch.rand(size) >= rate).float() / (1 - rate)).bfloat16() if rate else None

    def forward(self, x):
        if not self.training or self.pool is None:
            return x
        if x.is_cuda:
            return F.dropout(x, self.rate)
        at = int(torch.randint(self.size - x.numel(), ()))
        return x * self.pool[at:at + x.numel()].view_as(x)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.out, self.norm1 = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down, self.norm2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = dropout

    def forward(self, x, mask):
        b, n, _ = x.shape
        split = lambda t: t.view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2)
        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (torch.softmax(scores, -1) @ split(self.value(x))).transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class ReaderModel(nn.Module):
    def __init__(self, dropout=0.0):
        super().__init__()
        drop = Drop(dropout)
        self.words = nn.Embedding(VOCAB, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, OUTPUTS)
        self.drop = drop

    def hidden(self, ids, kinds, attend):
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(place)[None] + self.kinds(kinds))
        x = self.drop(x)
        mask = ((1 - attend[:, None, None, :].to(x.dtype)) * -10000.0)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids, kinds, attend):
        return self.head(self.hidden(ids, kinds, attend)).float()


# Our names of a layer's parts, and theirs in the embedder's graph.
PARTS = {"query": "attention/self/query", "key": "attention/self/key", "value": "attention/self/value",
         "out": "attention/output/dense", "norm1": "attention/output/LayerNorm",
         "up": "intermediate/dense", "down": "output/dense", "norm2": "output/LayerNorm"}


class HalfCopy:
    """A bfloat16 copy of a model, to be multiplied; what is updated stays float32, or small steps would be lost."""

    def __init__(self, master, model, device="cpu"):
        self.model = model.bfloat16().to(device).train()
        self.model.load_state_dict(master.state_dict())
        self.model.words.weight.requires_grad_(False)
        self.pairs = [(w, m) for (name, w), (_, m) in zip(self.model.named_parameters(), master.named_parameters()) if name != "words.weight"]
        for m in self.trained():
            m.grad = torch.zeros_like(m)

    def trained(self):
        """The float32 weights that are updated."""
        return [m for _, m in self.pairs]

    def step(self, optimiser, rate):
        """One update by the gradients that lie in the copy."""
        for w, m in self.pairs:
            m.grad.copy_(w.grad)
            w.grad = None
        torch.nn.utils.clip_grad_norm_(self.trained(), 1.0)
        for group in optimiser.param_groups:
            group["lr"] = rate
        optimiser.step()
        with torch.no_grad():
            for w, m in self.pairs:
                w.copy_(m)


def names_in_graph(graph):
    """Pairs (our parameter, the embedder's initialiser, transposed): the one mapping for reading and for export."""
    matmul = {n.name: n.input[1] for n in graph.node if n.op_type == "MatMul"}
    yield "words.weight", "embeddings.word_embeddings.weight", False
    yield "places.weight", "embeddings.position_embeddings.weight", False
    yield "kinds.weight", "embeddings.token_type_embeddings.weight", False
    yield "norm.weight", "embeddings.LayerNorm.weight", False
    yield "norm.bias", "embeddings.LayerNorm.bias", False
    for i in range(LAYERS):
        for ours, theirs in PARTS.items():
            dotted = f"encoder.layer.{i}.{theirs.replace('/', '.')}"
            yield f"layers.{i}.{ours}.bias", f"{dotted}.bias", False
            if ours.startswith("norm"):
                yield f"layers.{i}.{ours}.weight", f"{dotted}.weight", False
            else:
                yield f"layers.{i}.{ours}.weight", matmul[f"/encoder/layer.{i}/{theirs}/MatMul"], True


def load_embedder(model, path):
    """Fills everything but the head from the embedder's float ONNX file."""
    graph = onnx.load(path).graph
    tensors = {t.name: t for t in graph.initializer}
    own = dict(model.named_parameters())
    with torch.no_grad():
        for ours, theirs, turned in names_in_graph(graph):
            value = np.array(numpy_helper.to_array(tensors[theirs]))
            own[ours].copy_(torch.from_numpy(value.T.copy() if turned else value))
        model.head.weight.normal_(0, 0.02)
        model.head.weight[4:].mul_(0.5)
        model.head.bias.zero_()
    return model


def mean_of(paths):
    """The mean of the weights of several checkpoints; of one that holds its own mean over the run's last part, that."""
    states = [torch.load(path, map_location="cpu") for path in paths]
    states = [{**state["master"], **state.get("mean", {})} for state in states]
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
