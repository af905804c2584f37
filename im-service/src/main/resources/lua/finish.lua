-- Ends the pending records of messages that are settled.
--
-- KEYS   2 head, 3 body, 4 pending, 5 uncommitted
-- ARGV   positions
-- Reply  how many records ended
--
-- Why it is safe. An unconfirmed message keeps its record, whatever the caller says. A body leaves when it is below the window, committed
-- and not pending; this script and committed.lua look at all three, so whichever comes last takes it.
local heads = read_heads(KEYS[2], 3, #ARGV)
local members, below = {}, {}
each_position(function(_, conversation, sequence)
  local head = heads[conversation]
  if not head or sequence <= head[CONFIRMED] then
    local member = ARGV[2 + conversation] .. ':' .. sequence
    members[#members + 1] = member
    if not head or sequence <= head[LAST] - WINDOW then below[#below + 1] = member end
  end
end)

local trimmed = {}
if #below > 0 then
  local buckets = redis.call('HMGET', KEYS[5], unpack(below))
  for i = 1, #below do
    if not buckets[i] then trimmed[#trimmed + 1] = below[i] end
  end
end

if #members == 0 then return {1, 0} end
if #trimmed > 0 then redis.call('HDEL', KEYS[3], unpack(trimmed)) end
return {1, redis.call('ZREM', KEYS[4], unpack(members))}
