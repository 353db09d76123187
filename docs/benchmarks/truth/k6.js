// k6 at a fixed rate; reads RATE, SECONDS and TARGET.
import http from 'k6/http';

export const options = {
  scenarios: {
    rate: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE),
      timeUnit: '1s',
      duration: __ENV.SECONDS + 's',
      preAllocatedVUs: 3 * Number(__ENV.RATE),
    },
  },
  summaryTrendStats: ['p(50)', 'p(99)', 'p(99.9)', 'count'],
};

const body = JSON.stringify({sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2});

export default function () {
  http.post(__ENV.TARGET + '/predict', body, {headers: {'Content-Type': 'application/json'}});
}

export function handleSummary(data) {
  const times = data.metrics.http_req_duration.values;
  return {
    stdout: `p50 ${times['p(50)']} p99 ${times['p(99)']} p99.9 ${times['p(99.9)']} requests ${times.count}\n`,
  };
}
