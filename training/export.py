"""Writes a trained checkpoint as ONNX: in int8 as the program runs it, or the float graph of the embedder with our weights and head.

  python3 export.py --embedder bge-small-zh-v1.5.onnx --tokenizer tokenizer.json --checkpoint run/checkpoint.pt --out ../models

Several checkpoints are averaged. `--name people` writes the tagger of people instead of the reader.

int8 weights use 7 of their 8 bits unless told otherwise: processors without VNNI add two products in 16 bits,
which overflows at full range and would give other answers there.
With `--data`, the few channels of a layer's inputs that are many times larger than the others, and so take the
input's 8 bits for themselves, are made smaller before it is rounded, and their weights larger by as much.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from data import read_all
from examples import Maker
from int8 import SCORES, int8_model
from model import ReaderModel, mean_of, names_in_graph
from wordpiece import SEP, WordPiece

# A normalised channel seldom passes 5; each layer has three to seven that reach 8 to 33.
LARGEST = 5


def float_model(embedder, state):
    """The embedder's graph with the trained weights, ending in the head's scores of each token."""
    model = onnx.load(embedder)
    graph = model.graph
    place = {t.name: i for i, t in enumerate(graph.initializer)}
    for ours, theirs, turned in list(names_in_graph(graph)):
        value = state[ours].float().numpy()
        value = np.ascontiguousarray(value.T if turned else value)
        graph.initializer[place[theirs]].CopyFrom(numpy_helper.from_array(value, theirs))
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(state["head.weight"].float().numpy().T), "head.weight"))
    graph.initializer.append(numpy_helper.from_array(state["head.bias"].float().numpy(), "head.bias"))
    graph.node.append(helper.make_node("MatMul", [graph.output[0].name, "head.weight"], ["head.product"], name="/head/MatMul"))
    graph.node.append(helper.make_node("Add", ["head.product", "head.bias"], [SCORES], name="/head/Add"))
    # The program gives no mask; there is nothing to leave out.
    mask = next(value for value in graph.input if value.name == "attention_mask")
    graph.input.remove(mask)
    one = numpy_helper.from_array(np.ones(1, np.int64))
    graph.node.insert(0, helper.make_node("ConstantOfShape", ["mask.shape"], [mask.name], name="/mask", value=one))
    graph.node.insert(0, helper.make_node("Shape", ["input_ids"], ["mask.shape"], name="/mask/Shape"))
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, ["batch", "tokens", state["head.bias"].numel()]))
    onnx.checker.check_model(model)
    return model


def large_channels(state, data, tokenise, draws=64):
    """Part of a layer -> how many times LARGEST each channel of its input reaches, 1 where less, in windows drawn as for training."""
    district, _, public, _, group = read_all(data)
    maker = Maker(tokenise, district, public, group, 320, seed=5)
    model = ReaderModel()
    model.load_state_dict({**state, "head.weight": model.head.weight, "head.bias": model.head.bias})
    model.eval()
    reached = {}
    for i, layer in enumerate(model.layers):
        for part in ("query", "up"):
            def look(_, inputs, name=f"layers.{i}.{part}"):
                top = inputs[0].abs().amax((0, 1)) / LARGEST
                reached[name] = torch.maximum(reached.get(name, torch.ones_like(top)), top)
            getattr(layer, part).register_forward_pre_hook(look)
    with torch.no_grad():
        for example in (maker.draw(0.6) for _ in range(draws)):
            ids = torch.tensor([example.ids])
            kinds = (torch.arange(ids.shape[1]) > example.ids.index(SEP)).long()[None]
            model.hidden(ids, kinds, torch.ones(1, ids.shape[1]))
    return {name: top.numpy() for name, top in reached.items()}


def sha256(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("embedder", "tokenizer", "out"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--checkpoint", required=True, nargs="+")
    p.add_argument("--name", choices=["reader", "people"], default="reader")
    p.add_argument("--bits", type=int, default=7)
    p.add_argument("--data", help="folder of the training data, to find each layer's large channels")
    p.add_argument("--float", action="store_true", help="write the float model instead, to measure the loss")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    tokenise, state = WordPiece.from_tokenizer_json(a.tokenizer), mean_of(a.checkpoint)
    if a.float:
        model = float_model(a.embedder, state)
    else:
        model = int8_model(state, a.bits, large_channels(state, a.data, tokenise) if a.data else {})
    graph = a.name + ".onnx"
    onnx.save(model, f"{a.out}/{graph}")
    words = tokenise.ids
    with open(a.out + "/reader-vocabulary.txt", "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(sorted(words, key=words.get)) + "\n")
    path = f"{a.out}/{a.name}.json"
    card = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {}
    number = sha256(f"{a.out}/{graph}")
    card.update({"id": f"wenqu-{a.name}-{'float' if a.float else 'int8'}-{number[:12]}", "window": 320,
                 "files": {graph: number, "reader-vocabulary.txt": sha256(a.out + "/reader-vocabulary.txt")}})
    if a.name == "reader":
        card.setdefault("answerable", {"bias": 0, "span": 0.5, "here": 0.5, "origin": "not fitted yet"})
        card.setdefault("insideThreshold", 0)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(json.dumps(card, ensure_ascii=False, indent="\t") + "\n")
    print(card["id"], os.path.getsize(f"{a.out}/{graph}"), "bytes")


if __name__ == "__main__":
    main()
