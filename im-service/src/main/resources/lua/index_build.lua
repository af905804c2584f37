-- Puts conversations into a user's index, which is not built yet. What is there already keeps its higher version.
--
-- KEYS[2]  version
-- KEYS[3]  start
-- KEYS[4]  index:<user>
-- ARGV[2]  the user's field
-- ARGV[3]  1 when these are the last ones: the index is built
-- then     the conversations
--
-- Devices may have versions of the index that was there before; these are below the lowest entry, or equal to the counter where there is
-- none. No device has got a version of this one yet.
local user = ARGV[2]
local counters = redis.call('HMGET', KEYS[2], user, FLOOR)
local counter = counter_of(counters[1], counters[2])
local entries = {}
for i = 4, #ARGV do
  if not redis.call('ZSCORE', KEYS[4], ARGV[i]) then
    counter = counter + 1
    entries[#entries + 1] = counter
    entries[#entries + 1] = ARGV[i]
  end
end
local lowest = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')[2] or entries[1]
local start = lowest and tonumber(lowest) - 1 or counter

if #entries > 0 then
  redis.call('ZADD', KEYS[4], unpack(entries))
end
redis.call('HSET', KEYS[2], user, string.format('%.0f', counter))
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[3], user, string.format('%.0f', start))
end
return {1}
