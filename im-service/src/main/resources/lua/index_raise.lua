-- Gives conversations their users' next index versions, and tells where the users' devices are.
--
-- KEYS[2]        version
-- KEYS[1 + 2i]   index:<user i>
-- KEYS[2 + 2i]   session:<user i>: HASH device -> packed session
-- ARGV[2]        how many users
-- then per user  the user's field, how many conversations, the conversations
-- reply          per user {field, value, field, value, ...} of the sessions
--
-- An index that was never built takes its entries all the same: building passes over what is there.
local users = tonumber(ARGV[2])
local fields, raises, sessions = {}, {}, {}
local at = 3
for i = 1, users do
  fields[i] = ARGV[at]
  local count = tonumber(ARGV[at + 1])
  raises[i] = {first = at + 2, count = count}
  at = at + 2 + count
  sessions[i] = redis.call('HGETALL', KEYS[2 + 2 * i])
end
fields[users + 1] = FLOOR
local counters = redis.call('HMGET', KEYS[2], unpack(fields))
local floor = counters[users + 1]
local versions = {}
for i = 1, users do
  local raise = raises[i]
  if raise.count > 0 then
    local counter = counter_of(counters[i], floor)
    local entries = {}
    for k = raise.first, raise.first + raise.count - 1 do
      counter = counter + 1
      entries[#entries + 1] = counter
      entries[#entries + 1] = ARGV[k]
    end
    redis.call('ZADD', KEYS[1 + 2 * i], unpack(entries))
    versions[#versions + 1] = fields[i]
    versions[#versions + 1] = string.format('%.0f', counter)
  end
end
if #versions > 0 then
  redis.call('HSET', KEYS[2], unpack(versions))
end
return {1, unpack(sessions)}
