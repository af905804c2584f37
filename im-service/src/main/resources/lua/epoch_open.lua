-- Opens an epoch that was begun.
--
-- KEYS[1]  the partition's epoch key
-- ARGV     the epoch, the replication id that its row in MySQL names, the begin that the caller has read
-- Reply    1 open (now or before), 0 the key has moved on: look again
--
-- Why it is safe. Nothing has happened to the key since the caller read it, and this is the same master: so no later epoch was begun here.
local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local key = redis.call('HMGET', KEYS[1], 'epoch', 'replid', 'state', 'begun_at')
if replid ~= ARGV[2] or key[1] ~= ARGV[1] or key[2] ~= replid or key[4] ~= ARGV[3] then
  return {0}
end
if key[3] == 'opening' then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'state', 'open', 'opened_at', time[1] * 1000 + math.floor(time[2] / 1000))
end
return {1}
