"""The tagger's large network as an ONNX graph with 8-bit weights.

The graph is written node by node: ONNX's LSTM is given each line's length, so that lines of unlike
length go through side by side, which an exporter that traces the training code would not find.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

if TYPE_CHECKING:
    import numpy.typing as npt
    import torch
    from onnx import ModelProto
    from torch import nn

    from train_tagger_language import BothWays
    from train_tagger_large import Head, LargeNetwork

    Array = npt.NDArray[Any]

_OPSET, _IR = 17, 8


class _Graph:
    """Nodes and constants as they are added; each method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Array) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def linear(self, rows: str, layer: nn.Linear) -> str:
        found = self.node("MatMul", rows, self.constant(_array(layer.weight).T.copy()))
        if layer.bias is None:
            return found
        return self.node("Add", found, self.constant(_array(layer.bias)))

    def lstm(self, rows: str, both: BothWays) -> str:
        """Return tokens x lines x (forward and backward states)."""
        ways = (both.f, both.b)
        states = self.node(
            "LSTM",
            rows,
            self.constant(np.stack([_gates(way.weight_ih_l0) for way in ways])),
            self.constant(np.stack([_gates(way.weight_hh_l0) for way in ways])),
            self.constant(
                np.stack(
                    [np.concatenate((_gates(w.bias_ih_l0), _gates(w.bias_hh_l0))) for w in ways]
                )
            ),
            "lengths",
            direction="bidirectional",
            hidden_size=both.f.hidden_size,
        )
        turned = self.node("Transpose", states, perm=[0, 2, 1, 3])
        return self.node("Reshape", turned, self.constant(np.array([0, 0, -1], np.int64)))

    def head(self, head: Head, states: str) -> str:
        shapes = self.node("Gather", self.constant(_array(head.shapes.weight)), "shapes")
        marks = self.linear("marks", head.marks)
        rows = self.node("Concat", "vectors", states, shapes, marks, axis=-1)
        middle = self.node("Tanh", self.linear(self.lstm(rows, head.lstm), head.middle))
        return self.linear(middle, head.out)


def _array(value: torch.Tensor) -> Array:
    found: Array = value.detach().numpy()
    return found


def _gates(value: torch.Tensor) -> Array:
    """Return torch's gates (in, forget, cell, out) in ONNX's order (in, out, forget, cell)."""
    given, forget, cell, out = np.split(_array(value), 4)
    return np.concatenate((given, out, forget, cell))


def large_graph(network: LargeNetwork) -> ModelProto:
    """Return the network as a graph in single precision."""
    graph = _Graph()
    states = graph.lstm("vectors", network.reader.lm)
    found = graph.node("Mean", *[graph.head(head, states) for head in network.heads])
    rows = ["tokens", "lines"]
    inputs = [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [*rows, network.reader.size]),
        helper.make_tensor_value_info("shapes", TensorProto.INT64, rows),
        helper.make_tensor_value_info("marks", TensorProto.FLOAT, [*rows, len(network.mark_names)]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["lines"]),
    ]
    outputs = [helper.make_tensor_value_info(found, TensorProto.FLOAT, [*rows, None])]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    checker.check_model(made)
    return made


def in_eight_bits(model: ModelProto) -> bytes:
    """Return the model's file with weights in 8 bits."""
    from onnxruntime.quantization import (  # noqa: PLC0415 - needed in training only
        QuantType,
        quantize_dynamic,
    )

    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        save(model, str(full))
        quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8)
        return small.read_bytes()
