"""Locust's users at a pace that makes the rate: a tenth of RATE users, ten requests a second each."""

from locust import FastHttpUser, constant_throughput, events, task


class Caller(FastHttpUser):
    wait_time = constant_throughput(10)

    @task
    def predict(self):
        self.client.post(
            "/predict", json={"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
        )


@events.quitting.add_listener
def tell(environment, **_):
    total = environment.stats.total
    p50, p99, p999 = (total.get_response_time_percentile(share) for share in (0.5, 0.99, 0.999))
    print(f"p50 {p50} p99 {p99} p99.9 {p999} requests {total.num_requests}")
