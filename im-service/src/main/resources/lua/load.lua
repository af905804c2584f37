-- Sets heads from what the store says, where there are none.
--
-- KEYS     2 head
-- ARGV[2]  Redis' time in the reply that missed the heads, unix ms
-- ARGV[3]  of each conversation 32 bytes: last sequence, last ordinal, last time, shape version
-- ARGV     from 4: the conversations
-- Reply    how many were set
--
-- Why it is safe. In an epoch only Redis gives numbers, so the store's last sequence can go out of date only while there is a head. The
-- caller missed the head at ARGV[2] and asked the store after that. Had somebody loaded, used and evicted it since, an hour would have
-- passed; so an answer that took longer than five minutes is not taken.
local FIVE_MINUTES = 300000

local now = clock()
if now - ARGV[2] > FIVE_MINUTES then
  return {1, 0}
end

local heads = read_heads(KEYS[2], 4, #ARGV)
local fields, at = {}, 1
for i = 1, #heads do
  local last, ordinal, time, shape
  last, ordinal, time, shape, at = struct.unpack('>I8I8I8I8', ARGV[3], at)
  if not heads[i] then
    local before = time > 0 and math.min(time, opened[4]) or tonumber(opened[4])
    local lookup_below = last > 0 and before + TEN_MINUTES or 0
    fields[#fields + 1] = ARGV[3 + i]
    fields[#fields + 1] = pack_head({last, last, ordinal, ordinal, 0, shape, time, now, lookup_below, 0})
  end
end
local reply = {1, #fields / 2}
if #fields > 0 then redis.call('HSET', KEYS[2], unpack(fields)) end
return reply
