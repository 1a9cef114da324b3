-- Asks Countersign's /auth about a request of haproxy.cfg, with the client's headers and without its body. Sets the variables that let the request pass, or answers the refusal.
-- An error in here leaves the variables unset, and so the next rule of haproxy.cfg refuses the request.

local SOCKET = "unix@" .. (os.getenv("COUNTERSIGN_SOCKET") or "/run/haproxy/countersign.sock")

-- They belong to one connection, to a body, or to the host that is asked.
local OF_A_CONNECTION = {
  ["connection"] = true, ["content-length"] = true, ["expect"] = true, ["host"] = true, ["keep-alive"] = true, ["proxy-connection"] = true,
  ["te"] = true, ["trailer"] = true, ["transfer-encoding"] = true, ["upgrade"] = true,
}

-- A name has its lines in order. HAProxy counts them from 0, and a client may double a header to see it judged and read differently.
local function lines(values)
  local list = {}
  local i = 0
  while values[i] do
    list[#list + 1] = values[i]
    i = i + 1
  end
  return list
end

local function ask(txn)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not OF_A_CONNECTION[name] then
      headers[name] = lines(values)
    end
  end
  return core.httpclient():get{url = "http://countersign/auth", dst = SOCKET, headers = headers, timeout = 12000}
end

local function pass(txn, answer)
  local facts = {}
  for _, name in ipairs({"principal", "subject", "action", "resource"}) do
    local values = answer.headers["x-countersign-" .. name]
    if not values or not values[0] or values[1] then
      return
    end
    facts[name] = values[0]
  end
  for name, value in pairs(facts) do
    txn:set_var("txn.countersign_" .. name, value)
  end
  txn:set_var("txn.countersign_decided", "allowed")
end

-- OSS's XML with its true status.
local function refuse(txn, answer, status)
  local reply = txn:reply{status = status, body = answer.body or ""}
  for name, values in pairs(answer.headers) do
    if not OF_A_CONNECTION[name] and not name:find("^x%-countersign%-") then
      for _, value in ipairs(lines(values)) do
        reply:add_header(name, value)
      end
    end
  end
  txn:done(reply)
end

core.register_action("countersign", {"http-req"}, function(txn)
  local answer = ask(txn)
  if answer.status == 200 then
    pass(txn, answer)
  elseif answer.status == 403 then
    local told = answer.headers["x-countersign-status"]
    -- Without it, Countersign refuses this proxy, and not the client.
    local status = told and told[0]:match("^[45]%d%d$")
    if status then
      refuse(txn, answer, tonumber(status))
    end
  end
end)
