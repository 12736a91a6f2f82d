wrk.method = "POST"
wrk.body = '{"ticker":"AAPL","price":187.1234,"quantity":100,"side":"buy","timestamp":"2026-11-20T14:30:00.123456Z"}'
wrk.headers["Content-Type"] = "application/json"
