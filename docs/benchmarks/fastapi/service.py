"""What many would write to serve scikit-learn: the peer of docs/benchmarks.md.

    DATA=iris.csv MODEL=logistic|forest uvicorn service:app --port 18092

It logs, measures and traces nothing, and keeps to the fast ways: no pandas, one prediction a request,
`async def`, which spares it the thread pool.
"""

import csv
import os

import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

with open(os.environ["DATA"], newline="") as file:
    rows = list(csv.DictReader(file))
features = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
values = np.array([[float(row[name]) for name in features] for row in rows])
target = np.array([row["species"] for row in rows])
model = {
    "logistic": make_pipeline(StandardScaler(), LogisticRegression()),
    "forest": RandomForestClassifier(n_estimators=100, max_depth=8, random_state=1),
}[os.environ["MODEL"]].fit(values, target)
classes = [str(name) for name in model.classes_]

app = FastAPI()


class Row(BaseModel):
    sepal_length: float
    sepal_width: float
    petal_length: float
    petal_width: float


@app.post("/predict")
async def predict(row: Row):
    shares = model.predict_proba(
        np.array([[row.sepal_length, row.sepal_width, row.petal_length, row.petal_width]])
    )[0]
    return {
        "prediction": classes[int(shares.argmax())],
        "probabilities": dict(zip(classes, shares.tolist())),
    }
