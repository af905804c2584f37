-- Begins an epoch: from here on every script of an older one is stale on this master.
--
-- KEYS[1]  the partition's epoch key
-- ARGV     the epoch, the replication id that its row in MySQL names
-- Reply    1 begun; 0 this is another master now, or somebody has begun this or a later epoch on it
--
-- Why it is safe. The key never goes back to an older epoch while Redis remembers it. When Redis was emptied, an opener that stalled may
-- write an epoch gone by; nobody opens it, because who reads the key reads the row after that, and opens only what both name and what was
-- begun at the moment he read.
local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local key = redis.call('HMGET', KEYS[1], 'epoch', 'replid')
if replid ~= ARGV[2] or key[2] == replid and tonumber(key[1]) >= tonumber(ARGV[1]) then
  return {0}
end
local time = redis.call('TIME')
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'replid', replid, 'state', 'opening', 'begun_at', time[1] .. '.' .. time[2])
return {1}
