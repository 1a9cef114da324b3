-- Requests a new key each time: PATH followed by a number.
local path = os.getenv("TARGET")
local told = os.getenv("TOLD")
local count = 0

function request()
  count = count + 1
  local target = path .. count
  if told then
    wrk.headers["X-Original-URI"] = target
    return wrk.format("GET", "/auth")
  end
  return wrk.format("GET", target)
end

function done(summary)
  print(string.format("ASKED %d", summary.requests))
end
