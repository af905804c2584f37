-- Puts conversations into a user's index, which this epoch has not built yet. What is there already keeps its higher version.
--
-- KEYS[2]  version: HASH user -> counter
-- KEYS[3]  built: SET of users
-- KEYS[4]  index:<user>: ZSET conversation -> counter
-- ARGV[2]  the user's field
-- ARGV[3]  1 when these are the last ones: the index is built
-- then     the conversations
local user = ARGV[2]
local counter = tonumber(redis.call('HGET', KEYS[2], user) or '0')
local entries = {}
for i = 4, #ARGV do
  if not redis.call('ZSCORE', KEYS[4], ARGV[i]) then
    counter = counter + 1
    entries[#entries + 1] = counter
    entries[#entries + 1] = ARGV[i]
  end
end
if #entries > 0 then
  redis.call('ZADD', KEYS[4], unpack(entries))
  redis.call('HSET', KEYS[2], user, string.format('%.0f', counter))
end
if ARGV[3] == '1' then
  redis.call('SADD', KEYS[3], user)
end
return {1}
