-- Tells what opening an epoch depends on. Changes nothing.
--
-- KEYS[1]  the partition's epoch key
-- Reply    this master's replication id; the key's epoch, replication id, state and begin ('' where there is no key);
--          1 where replicas or a promotion are in play, so that an older master may be alive, else 0
local info = redis.call('INFO', 'replication')
local key = redis.call('HMGET', KEYS[1], 'epoch', 'replid', 'state', 'begun_at')
local replicas = string.match(info, 'connected_slaves:(%d+)')
local replid2 = string.match(info, 'master_replid2:(%x+)')
local replicated = (replicas ~= '0' or string.match(replid2, '[^0]')) and 1 or 0
return {string.match(info, 'master_replid:(%x+)'), key[1] or '', key[2] or '', key[3] or '', key[4] or '', replicated}
