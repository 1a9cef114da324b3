-- A GET, a POST of $BODY, or a PUT of the file $UPLOAD; one line at the end: requests a second, p50 and p99 in ms, requests, refused or failed ones.
local body = os.getenv("BODY")
if body then
  wrk.method = "POST"
  wrk.body = body
  wrk.headers["Content-Type"] = "application/json"
end

local upload = os.getenv("UPLOAD")
if upload then
  local file = assert(io.open(upload, "rb"))
  wrk.method = "PUT"
  wrk.body = file:read("*a")
  file:close()
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("ROW %d %.3f %.3f %d %d",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests, failed))
end
