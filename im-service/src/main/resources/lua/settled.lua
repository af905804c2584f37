-- Tells of messages whether they are confirmed and finished.
--
-- KEYS   2 head, 3 pending
-- ARGV   positions
-- Reply  a byte per position: 1 settled, 0 not
--
-- A missing head was evicted, or was never needed in this epoch: either way everything the store has is confirmed.
local heads = read_heads(KEYS[2], 3, #ARGV)
local members, results = {}, {}
each_position(function(i, conversation, sequence)
  local head = heads[conversation]
  members[i] = ARGV[2 + conversation] .. ':' .. sequence
  results[i] = not head or sequence <= head[CONFIRMED]
end)
local due = redis.call('ZMSCORE', KEYS[3], unpack(members))
for i = 1, #results do
  results[i] = results[i] and not due[i] and '\1' or '\0'
end
return {1, table.concat(results)}
