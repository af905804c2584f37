-- Reads what changed for a user since a version.
--
-- KEYS[2]  version
-- KEYS[3]  start
-- KEYS[4]  index:<user>
-- KEYS[5]  moved
-- KEYS[6]  newest
-- ARGV[2]  the user's field
-- ARGV[3]  the epoch of the version that the device has
-- ARGV[4]  its counter, which counts for nothing in another epoch
-- ARGV[5]  the most entries wanted
-- reply    whether the index is built, whether the list starts from the beginning, the user's counter, since which counter the list of his
--          groups that are not in the index is the same (nothing was noted below the start), then conversation, counter, ... in the order of
--          the counters
local user, limit = ARGV[2], tonumber(ARGV[5])
local start = redis.call('HGET', KEYS[3], user)
local counters = redis.call('HMGET', KEYS[2], user, FLOOR)
local whole = ARGV[3] ~= ARGV[1] or start and tonumber(ARGV[4]) < tonumber(start)
local since = whole and '0' or ARGV[4]
local entries = {}
if start then
  entries = redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
end
local moved = math.max(tonumber(start or '0'), tonumber(redis.call('HGET', KEYS[5], user) or '0'))
local counter = string.format('%.0f', counter_of(counters[1], counters[2]))
redis.call('HDEL', KEYS[6], user)
return {1, start and 1 or 0, whole and 1 or 0, counter, string.format('%.0f', moved), unpack(entries)}
