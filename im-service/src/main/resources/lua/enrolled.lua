-- Tells which nodes have members of groups.
--
-- KEYS   from 2: nodes:<group i>: HASH incarnation -> until when, unix ms
-- Reply  per group the incarnations whose leases go on
local now = clock()
local groups = {}
for i = 2, #KEYS do
  local leases, nodes = redis.call('HGETALL', KEYS[i]), {}
  for k = 1, #leases, 2 do
    if tonumber(leases[k + 1]) > now then nodes[#nodes + 1] = leases[k] end
  end
  groups[#groups + 1] = nodes
end
return {1, unpack(groups)}
