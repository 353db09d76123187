"""Makes the models of this folder, and beside each what ONNX Runtime's Python answers.

    python -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py
"""

import json
import pathlib

import numpy as np
import onnx
import onnxmltools
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper, numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType as MlFloat
from lightgbm import LGBMClassifier
from skl2onnx import to_onnx
from skl2onnx.common.data_types import (
    FloatTensorType,
    Int64TensorType,
    StringTensorType,
)
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import LinearSVC
from xgboost import XGBClassifier, XGBRegressor

HERE = pathlib.Path(__file__).parent
OPSET = {"": 17, "ai.onnx.ml": 3}
RANDOM = np.random.default_rng(1)


def keep(name, model, feeds, names, scores):
    """Writes the model, the rows as requests have them, and the answers."""
    data = model.SerializeToString()
    (HERE / f"{name}.onnx").write_bytes(data)
    session = onnxruntime.InferenceSession(data)
    outputs = session.run(None, feeds)
    rows = []
    count = len(next(iter(feeds.values())))
    for i in range(count):
        row = []
        for feed in feeds.values():
            row.extend(np.asarray(feed[i]).reshape(-1).tolist())
        rows.append(dict(zip(names, row)))
    answers = [[float(x) for x in row] for row in scores(outputs)]
    document = {
        "inputs": [[i.name, i.type, i.shape] for i in session.get_inputs()],
        "outputs": [[o.name, o.type, o.shape] for o in session.get_outputs()],
        "rows": rows,
        "scores": answers,
    }
    (HERE / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    print(name, len(data), document["inputs"], document["outputs"])


def maps(outputs):
    return [list(row.values()) for row in outputs[1]]


def second(outputs):
    return outputs[1]


def only(outputs):
    return np.asarray(outputs[0]).reshape(len(outputs[0]), -1)


iris = load_iris()
X = iris.data.astype(np.float32)
words = iris.target_names[iris.target]
some = X[::10]
four = ["x0", "x1", "x2", "x3"]

# A list of maps, as skl2onnx makes it unless told otherwise.
model = LogisticRegression(max_iter=500).fit(X, iris.target)
keep("sklearn-logistic-zipmap", to_onnx(model, X[:1], target_opset=OPSET), {"X": some}, four, maps)

# A table of probabilities and classes that are words.
forest = RandomForestClassifier(20, max_depth=5, random_state=1).fit(X, words)
keep(
    "sklearn-forest-words",
    to_onnx(forest, X[:1], target_opset=OPSET, options={"zipmap": False}),
    {"X": some},
    four,
    second,
)

# A number of columns that the file does not tell.
keep(
    "sklearn-any-width",
    to_onnx(
        LogisticRegression(max_iter=500).fit(X, words),
        initial_types=[("X", FloatTensorType([None, None]))],
        target_opset=OPSET,
    ),
    {"X": some},
    four,
    maps,
)

# An input for each column, of three types.
table = pd.DataFrame(
    {
        "age": RANDOM.integers(18, 80, 400).astype(np.float32),
        "city": RANDOM.choice(["Basel", "Bern", "Zürich"], 400),
        "visits": RANDOM.integers(0, 9, 400).astype(np.int64),
    }
)
churn = np.where((table.age > 50) ^ (table.city == "Bern") | (table.visits > 6), "stay", "leave")
pipeline = make_pipeline(
    ColumnTransformer(
        [
            ("numbers", StandardScaler(), ["age"]),
            ("whole", StandardScaler(), ["visits"]),
            ("words", OneHotEncoder(handle_unknown="ignore"), ["city"]),
        ]
    ),
    LogisticRegression(),
).fit(table, churn)
types = [
    ("age", FloatTensorType([None, 1])),
    ("city", StringTensorType([None, 1])),
    ("visits", Int64TensorType([None, 1])),
]
rows = table[:20]
keep(
    "sklearn-mixed",
    to_onnx(pipeline, initial_types=types, target_opset=OPSET),
    {name: rows[[name]].to_numpy() for name in rows},
    list(rows),
    maps,
)
rows.assign(churn=churn[:20]).to_csv(HERE / "mixed.csv", index=False)

# Numbers.
diabetes = load_diabetes()
D = diabetes.data.astype(np.float32)
ten = [f"x{i}" for i in range(10)]
boosted = GradientBoostingRegressor(n_estimators=15, max_depth=3, random_state=1).fit(
    D, diabetes.target
)
keep("sklearn-boosted-number", to_onnx(boosted, D[:1], target_opset=OPSET), {"X": D[:20]}, ten, only)

ml = [("input", MlFloat([None, 4]))]
xgb = XGBClassifier(n_estimators=5, max_depth=3).fit(X, iris.target)
keep(
    "xgboost-classes",
    onnxmltools.convert_xgboost(xgb, initial_types=ml, target_opset=15),
    {"input": some},
    four,
    second,
)
xgbr = XGBRegressor(n_estimators=5, max_depth=3).fit(D, diabetes.target)
keep(
    "xgboost-number",
    onnxmltools.convert_xgboost(xgbr, initial_types=[("input", MlFloat([None, 10]))], target_opset=15),
    {"input": D[:20]},
    ten,
    only,
)
lgbm = LGBMClassifier(n_estimators=5, num_leaves=7, verbose=-1).fit(X, iris.target)
keep(
    "lightgbm-zipmap",
    onnxmltools.convert_lightgbm(lgbm, initial_types=ml, target_opset=15),
    {"input": some},
    four,
    maps,
)

# Distances, which are no probabilities.
svc = LinearSVC().fit(X, iris.target)
keep(
    "sklearn-distances",
    to_onnx(svc, X[:1], target_opset=OPSET),
    {"X": some},
    four,
    second,
)


def graph(name, inputs, outputs, nodes, constants=()):
    made = helper.make_model(
        helper.make_graph(nodes, name, inputs, outputs, constants),
        opset_imports=[helper.make_opsetid("", 17)],
    )
    made.ir_version = 8
    onnx.checker.check_model(made)
    return made


def tensor(name, array):
    return numpy_helper.from_array(array, name)


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


# A network that ends in logits.
W = RANDOM.normal(size=(4, 3)).astype(np.float32)
logits = graph(
    "logits",
    [value("features", TensorProto.FLOAT, ["batch", 4])],
    [value("logits", TensorProto.FLOAT, ["batch", 3])],
    [helper.make_node("Gemm", ["features", "W"], ["logits"])],
    [tensor("W", W)],
)


def softmax(outputs):
    e = np.exp(outputs[0].astype(np.float64) - outputs[0].max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


keep("network-logits", logits, {"features": some}, four, softmax)

# Double, int32 and bool side by side, vectors without a second dimension, one row at a time.
for name, batch in (("types", "N"), ("types-one-row", 1)):
    types = graph(
        name,
        [
            value("a", TensorProto.DOUBLE, [batch]),
            value("b", TensorProto.INT32, [batch]),
            value("c", TensorProto.BOOL, [batch]),
        ],
        [value("sum", TensorProto.DOUBLE, [batch])],
        [
            helper.make_node("Cast", ["b"], ["bd"], to=TensorProto.DOUBLE),
            helper.make_node("Cast", ["c"], ["cd"], to=TensorProto.DOUBLE),
            helper.make_node("Sum", ["a", "bd", "cd"], ["sum"]),
        ],
    )
    feeds = {
        "a": np.array([1.5, -1e300, 0.1]),
        "b": np.array([1, -7, 2**31 - 1], dtype=np.int32),
        "c": np.array([True, False, True]),
    }
    if batch == 1:
        feeds = {k: v[:1] for k, v in feeds.items()}
    keep(name, types, feeds, ["a", "b", "c"], only)

# What can't be served.
half = graph(
    "half",
    [value("x", TensorProto.FLOAT16, ["N", 2])],
    [value("y", TensorProto.FLOAT16, ["N", 2])],
    [helper.make_node("Identity", ["x"], ["y"])],
)
(HERE / "half.onnx").write_bytes(half.SerializeToString())
two = graph(
    "two",
    [value("x", TensorProto.FLOAT, ["N", 2])],
    [value("low", TensorProto.FLOAT, ["N", 2]), value("high", TensorProto.FLOAT, ["N", 2])],
    [helper.make_node("Floor", ["x"], ["low"]), helper.make_node("Ceil", ["x"], ["high"])],
)
(HERE / "two.onnx").write_bytes(two.SerializeToString())
