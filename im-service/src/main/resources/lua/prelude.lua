-- Runs in front of every script of a partition.
--
-- KEYS[1]  the partition's epoch key, a hash {epoch, replid, state, begun_at, opened_at}
-- ARGV[1]  the epoch the caller works in
--
-- Answers {0} (stale) and changes nothing unless exactly this epoch is open on exactly this Redis. A Redis that came back empty has no
-- key; one that came back older, or a replica that was promoted, has another replication id than the key. The scripts themselves end
-- with {1, reply ...}.
--
-- Redis does not take back what a script wrote before an error. So every script reads and computes first, builds its reply, and only then
-- writes, with commands that can't fail any more.
local opened = redis.call('HMGET', KEYS[1], 'epoch', 'replid', 'state', 'opened_at')
if opened[1] ~= ARGV[1] or opened[3] ~= 'open'
    or opened[2] ~= string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)') then
  return {0}
end

-- Unix milliseconds, the only clock of the system.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
