-- Gives conversations their users' next index versions, and tells where the users' devices are.
--
-- KEYS     2 version, 3 moved, 4 newest, 5 session, 6 "index:" (what the users' keys begin with)
-- ARGV[2]  how many users
-- then per user  the user's field, 1 if the list of his groups that are not in the index changes (else 0), how many conversations, the conversations
-- reply          per user his sessions, a line each
--
-- A conversation whose entry is the highest already, and of a version that no device can know, is not raised again: every device that asks is told of
-- it as it is. An index that was never built takes its entries all the same: building passes over what is there.
local users = tonumber(ARGV[2])
local fields, raises = {}, {}
local at = 3
for i = 1, users do
  fields[i] = ARGV[at]
  local count = tonumber(ARGV[at + 2])
  raises[i] = {first = at + 3, count = count, moves = ARGV[at + 1] == '1'}
  at = at + 3 + count
end
local sessions = redis.call('HMGET', KEYS[5], unpack(fields))
local newest = redis.call('HMGET', KEYS[4], unpack(fields))
local rising, of_rising = {}, {}
for i = 1, users do
  local raise = raises[i]
  local raised = raise.count == 1 and not raise.moves and newest[i] == ARGV[raise.first]
  if raise.count > 0 and not raised then
    rising[#rising + 1] = raise
    of_rising[#of_rising + 1] = fields[i]
  end
  sessions[i] = sessions[i] or ''
end
if #rising == 0 then return {1, unpack(sessions)} end

of_rising[#of_rising + 1] = FLOOR
local counters = redis.call('HMGET', KEYS[2], unpack(of_rising))
local floor = counters[#of_rising]
local versions, moved, tops = {}, {}, {}
for i, raise in ipairs(rising) do
  local counter = counter_of(counters[i], floor)
  local entries = {}
  for k = raise.first, raise.first + raise.count - 1 do
    counter = counter + 1
    entries[#entries + 1] = string.format('%.0f', counter)
    entries[#entries + 1] = ARGV[k]
  end
  redis.call('ZADD', KEYS[6] .. of_rising[i], unpack(entries))
  versions[#versions + 1] = of_rising[i]
  versions[#versions + 1] = entries[#entries - 1]
  tops[#tops + 1] = of_rising[i]
  tops[#tops + 1] = entries[#entries]
  if raise.moves then
    moved[#moved + 1] = of_rising[i]
    moved[#moved + 1] = versions[#versions]
  end
end
redis.call('HSET', KEYS[2], unpack(versions))
redis.call('HSET', KEYS[4], unpack(tops))
if #moved > 0 then
  redis.call('HSET', KEYS[3], unpack(moved))
end
return {1, unpack(sessions)}
