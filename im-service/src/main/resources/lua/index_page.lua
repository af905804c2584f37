-- Reads what changed for a user since a version.
--
-- KEYS[2]  version: HASH user -> counter
-- KEYS[3]  built: SET of users
-- KEYS[4]  index:<user>: ZSET conversation -> counter
-- ARGV[2]  the user's field
-- ARGV[3]  the epoch of the version that the device has
-- ARGV[4]  its counter, which counts for nothing in another epoch
-- ARGV[5]  the most entries wanted
-- reply    whether the index is built, whether the list starts from the beginning, the user's counter, then
--          conversation, counter, ... in the order of the counters
local user, limit = ARGV[2], tonumber(ARGV[5])
local whole = ARGV[3] ~= ARGV[1]
local since = whole and '0' or ARGV[4]
local built = redis.call('SISMEMBER', KEYS[3], user)
local counter = redis.call('HGET', KEYS[2], user) or '0'
local entries = {}
if built == 1 then
  entries = redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
end
return {1, built, whole and 1 or 0, counter, unpack(entries)}
