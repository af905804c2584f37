-- Gives conversations their users' next index versions, and tells where the users' devices are.
--
-- KEYS[2]        version
-- KEYS[3]        moved
-- KEYS[2 + 2i]   index:<user i>
-- KEYS[3 + 2i]   session:<user i>: HASH device -> packed session
-- ARGV[2]        how many users
-- then per user  the user's field, 1 if the list of his groups that are not in the index changes (else 0), how many conversations, the conversations
-- reply          per user {field, value, field, value, ...} of the sessions
--
-- An index that was never built takes its entries all the same: building passes over what is there.
local users = tonumber(ARGV[2])
local fields, raises, sessions, moved = {}, {}, {}, {}
local at = 3
for i = 1, users do
  fields[i] = ARGV[at]
  local count = tonumber(ARGV[at + 2])
  raises[i] = {first = at + 3, count = count, moves = ARGV[at + 1] == '1'}
  at = at + 3 + count
  sessions[i] = redis.call('HGETALL', KEYS[3 + 2 * i])
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
    redis.call('ZADD', KEYS[2 + 2 * i], unpack(entries))
    versions[#versions + 1] = fields[i]
    versions[#versions + 1] = string.format('%.0f', counter)
    if raise.moves then
      moved[#moved + 1] = fields[i]
      moved[#moved + 1] = versions[#versions]
    end
  end
end
if #versions > 0 then
  redis.call('HSET', KEYS[2], unpack(versions))
end
if #moved > 0 then
  redis.call('HSET', KEYS[3], unpack(moved))
end
return {1, unpack(sessions)}
