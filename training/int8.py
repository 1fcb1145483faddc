"""The network in int8 and in the runtime's fused operators: the form that the program runs.

Every weight matrix becomes int8 with one scale a column, its inputs 8 bits as they come; the word embedding int8 with one
scale a row. The head stays float: it is small, and its scores are what is compared. Attention, bias with GELU, and residual
with normalisation are one operator each (com.microsoft), which takes a twentieth less time than the plain graph did, to the
same numbers. There is no attention mask: the program reads one window at a time and pads nothing.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from model import HEADS, LAYERS

FUSED = "com.microsoft"
EPSILON = 1e-12
SCORES = "scores"


def rounded(matrix, axis, top):
    """int8 values and the scales along the other axis, without a zero point."""
    scale = np.maximum(np.abs(matrix).max(axis=axis, keepdims=True), 1e-8) / top
    return np.clip(np.rint(matrix / scale), -top, top).astype(np.int8), scale.astype(np.float32)


class Int8Graph:
    """Nodes and weights of a graph in the making. Methods give the name of what they put out."""

    def __init__(self, state, large, top):
        self.state = {name: value.float().numpy() for name, value in state.items()}
        self.large, self.top = large, top
        self.nodes, self.weights = [], []

    def weight(self, name, value=None):
        value = self.state[name] if value is None else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind, inputs, out, domain="", more=(), **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [out, *more], name=out, domain=domain, **attributes))
        return out

    def even(self, x, part):
        """The input of a part with its few large channels made smaller; the weights are larger by as much."""
        factor = self.large.get(part)
        return x if factor is None else self.node("Mul", [x, self.weight(part + ".factor", 1 / factor)], part + ".even")

    def matrix(self, name, large=None):
        """Values, scales and zero points of a linear part's weights, which stand transposed here."""
        turned = self.state[name + ".weight"].T
        return rounded(turned if large is None else turned * large[:, None], 0, self.top)

    def product(self, x, name, large=None):
        values, scales = self.matrix(name, large)
        inputs = [self.weight(name + ".values", values), self.weight(name + ".scales", scales[0]),
                  self.weight(name + ".zeros", np.zeros(len(scales[0]), np.int8))]
        return self.node("DynamicQuantizeMatMul", [x, *inputs], name, FUSED)

    def normalised(self, x, residual, linear, norm):
        inputs = [self.weight(norm + ".weight"), self.weight(norm + ".bias"), self.weight(linear + ".bias")]
        return self.node("SkipLayerNormalization", [x, residual, *inputs], norm, FUSED, epsilon=EPSILON)

    def words(self):
        values, scales = rounded(self.state["words.weight"], 1, 127)
        found = self.node("Gather", [self.weight("words.values", values), "input_ids"], "words.found")
        scale = self.node("Gather", [self.weight("words.scales", scales), "input_ids"], "words.scale")
        return self.node("Mul", [self.node("Cast", [found], "words.float", to=TensorProto.FLOAT), scale], "words")

    def embedded(self):
        kinds = self.node("Gather", [self.weight("kinds.weight"), "token_type_ids"], "kinds")
        number = lambda name, value: self.weight(name, np.array([value], np.int64))
        zero, one, two = (number("number." + str(n), n) for n in range(3))
        length = self.node("Slice", [self.node("Shape", ["input_ids"], "shape"), one, two], "length")
        places = self.node("Slice", [self.weight("places.weight"), zero, length, zero], "places")
        whole = self.node("Add", [self.node("Add", [self.words(), kinds], "words.kinds"), places], "embedded")
        return self.node("LayerNormalization", [whole, self.weight("norm.weight"), self.weight("norm.bias")], "norm", axis=-1, epsilon=EPSILON)

    def attended(self, x, at):
        """Attention of a layer: query, key and value as one matrix."""
        name, parts = at + "attention", [at + part for part in ("query", "key", "value")]
        matrices = [self.matrix(part, self.large.get(parts[0])) for part in parts]
        values, scales = (np.concatenate([m[k] for m in matrices], 1) for k in (0, 1))
        self.node("DynamicQuantizeLinear", [self.even(x, parts[0])], name + ".x", more=[name + ".x_scale", name + ".x_zero"])
        inputs = [name + ".x", self.weight(name + ".values", values),
                  self.weight(name + ".bias", np.concatenate([self.state[part + ".bias"] for part in parts])), name + ".x_scale",
                  self.weight(name + ".scales", scales[0]), "", name + ".x_zero", self.weight(name + ".zeros", np.zeros(values.shape[1], np.int8))]
        return self.node("QAttention", inputs, name, FUSED, num_heads=HEADS)

    def layer(self, x, n):
        at = f"layers.{n}."
        x = self.normalised(self.product(self.attended(x, at), at + "out"), x, at + "out", at + "norm1")
        up = self.product(self.even(x, at + "up"), at + "up", self.large.get(at + "up"))
        inner = self.node("BiasGelu", [up, self.weight(at + "up.bias")], at + "inner", FUSED)
        return self.normalised(self.product(inner, at + "down"), x, at + "down", at + "norm2")

    def model(self):
        x = self.embedded()
        for n in range(LAYERS):
            x = self.layer(x, n)
        product = self.node("MatMul", [x, self.weight("head.weight", self.state["head.weight"].T)], "head")
        self.node("Add", [product, self.weight("head.bias")], SCORES)
        tokens = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        out = helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, ["batch", "tokens", len(self.state["head.bias"])])
        graph = helper.make_graph(self.nodes, "reader", [tokens("input_ids"), tokens("token_type_ids")], [out], self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)], ir_version=8)


def int8_model(state, bits, large):
    """The network with these weights; `large`: part (`layers.0.query`, `layers.0.up`) -> how far each channel of its input is made smaller."""
    return Int8Graph(state, large, 2 ** (bits - 1) - 1).model()
