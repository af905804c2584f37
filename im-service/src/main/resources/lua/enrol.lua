-- Notes that a node has members of groups, until its lease ends.
--
-- KEYS     from 2: nodes:<group i>: HASH incarnation -> until when, unix ms; it expires with the last lease
-- ARGV[2]  the node's incarnation
-- ARGV[3]  how long the lease is, ms
-- Reply    until when it is
local now = clock()
local lease_end = string.format('%.0f', now + ARGV[3])
local over = {}
for i = 2, #KEYS do
  local leases = redis.call('HGETALL', KEYS[i])
  for k = 1, #leases, 2 do
    if tonumber(leases[k + 1]) <= now then over[#over + 1] = {KEYS[i], leases[k]} end
  end
end

for _, lease in ipairs(over) do redis.call('HDEL', lease[1], lease[2]) end
for i = 2, #KEYS do
  redis.call('HSET', KEYS[i], ARGV[2], lease_end)
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return {1, lease_end}
