"""Checks a running service by programs that others wrote: Triton's client and an OpenAPI validator.

    pip install 'tritonclient[http]' openapi-spec-validator
    pip install kserve          # if it is there, it is asked, too
    python check.py HOST:PORT

The model is the tests' sample: size, weight (may lack), colour, sold. Exits 0 if all is well.
"""

import asyncio
import json
import sys
import urllib.request

import numpy as np
import tritonclient.http as triton
from openapi_spec_validator import OpenAPIV31SpecValidator
from tritonclient.utils import InferenceServerException

try:
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
except ImportError:
    InferenceRESTClient = None

address = sys.argv[1]
model = "sample"


def get(path):
    with urllib.request.urlopen(f"http://{address}{path}") as answer:
        return json.load(answer)


def inputs(binary):
    tensors = {
        "size": ("FP64", np.array([1.5, 9.0])),
        "weight": ("FP32", np.array([2, 7], dtype=np.float32)),
        "colour": ("BYTES", np.array(["grün".encode(), b"blue"], dtype=np.object_)),
        "sold": ("BOOL", np.array([True, False])),
    }
    result = []
    for name, (datatype, values) in tensors.items():
        tensor = triton.InferInput(name, list(values.shape), datatype)
        tensor.set_data_from_numpy(values, binary_data=binary)
        result.append(tensor)
    return result


def predicted():
    rows = [
        {"size": 1.5, "weight": 2, "colour": "grün", "sold": True},
        {"size": 9, "weight": 7, "colour": "blue", "sold": False},
    ]
    request = urllib.request.Request(
        f"http://{address}/predict",
        json.dumps(rows).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


client = triton.InferenceServerClient(address)
assert client.is_server_live()
assert client.is_server_ready()
assert client.is_model_ready(model)
assert not client.is_model_ready("other")
assert client.get_server_metadata()["name"] == "mlops"
metadata = client.get_model_metadata(model)
(version,) = metadata["versions"]
assert client.is_model_ready(model, version)
assert client.get_model_metadata(model, version) == metadata
assert [tensor["name"] for tensor in metadata["inputs"]] == ["size", "weight", "colour", "sold"]

expected = predicted()
for binary in (True, False):
    for asked in (None, [triton.InferRequestedOutput("probabilities", binary_data=binary)]):
        answer = client.infer(model, inputs(binary), model_version=version, request_id="a-1", outputs=asked)
        assert answer.get_response()["id"] == "a-1"
        shares = answer.as_numpy("probabilities")
        assert shares.shape == (2, 3), shares.shape
        for row, want in zip(shares, expected):
            assert row.tolist() == list(want["probabilities"].values()), (row, want)
        if asked is None:
            classes = [str(name) for name in answer.as_numpy("class")]
            assert classes == [want["prediction"] for want in expected], classes
        else:
            assert answer.as_numpy("class") is None

try:
    client.infer(model, inputs(False)[:1])
    raise AssertionError("a model without its features has answered")
except InferenceServerException as e:
    assert e.status() == "400" and e.message().startswith("missing_field: "), e
try:
    client.infer("other", inputs(False))
    raise AssertionError("a model that is not there has answered")
except InferenceServerException as e:
    assert e.status() == "404" and e.message().startswith("not_found: "), e



async def kserve_answers():
    """What KServe's client gets, by V2 with JSON and with binary inputs, and by V1."""
    server = f"http://{address}"
    v2 = InferenceRESTClient(RESTConfig(protocol="v2"))
    assert await v2.is_server_live(server) and await v2.is_server_ready(server)
    assert await v2.is_model_ready(server, model)
    answers = []
    for binary in (True, False):
        tensors = []
        for tensor in inputs(False):
            values = {
                "size": np.array([1.5, 9.0]),
                "weight": np.array([2, 7], dtype=np.float32),
                "colour": np.array(["grün", "blue"], dtype=np.object_),
                "sold": np.array([True, False]),
            }[tensor.name()]
            one = InferInput(tensor.name(), tensor.shape(), tensor.datatype())
            one.set_data_from_numpy(values, binary_data=binary)
            tensors.append(one)
        answer = await v2.infer(server, InferRequest(model, tensors), model_name=model)
        shares = next(output for output in answer.outputs if output.name == "probabilities")
        answers.append(shares.as_numpy().tolist())
    v1 = InferenceRESTClient(RESTConfig(protocol="v1"))
    rows = [[1.5, 2, "grün", True], [9, 7, "blue", False]]
    answer = await v1.infer(server, {"instances": rows}, model_name=model)
    answers.append([list(row["probabilities"].values()) for row in answer["predictions"]])
    return answers


if InferenceRESTClient is not None:
    for shares in asyncio.run(kserve_answers()):
        assert shares == [list(want["probabilities"].values()) for want in expected], shares

OpenAPIV31SpecValidator(get("/openapi.json")).validate()
print("all is well")
