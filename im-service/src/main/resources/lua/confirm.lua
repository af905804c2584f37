-- Moves confirmed positions over messages whose store envelope the broker has confirmed.
--
-- KEYS   2 head
-- ARGV   positions, a conversation's in the order of their sequences
-- Reply  a byte per position: 0 confirmed now, 1 it was before, 2 not yet
--
-- Why it is safe. The position moves by one, over a message the caller vouches for, so all below it are durable too. Nothing is remembered
-- of a message above a hole: whoever accepted it, or the sweeper, asks again. A missing head was evicted, with everything confirmed.
local CONFIRMED_NOW, ALREADY, NOT_YET = '\0', '\1', '\2'

local heads = read_heads(KEYS[2], 3, #ARGV)
local results, touched = {}, {}
each_position(function(i, conversation, sequence, ordinal)
  local head = heads[conversation]
  if not head or sequence <= head[CONFIRMED] then
    results[i] = ALREADY
  elseif sequence == head[CONFIRMED] + 1 and sequence <= head[LAST] then
    head[CONFIRMED], head[CONFIRMED_ORDINAL] = sequence, ordinal
    touched[conversation] = true
    results[i] = CONFIRMED_NOW
  else
    results[i] = NOT_YET
  end
end)
local reply = {1, table.concat(results)}

local fields = {}
for conversation in pairs(touched) do
  fields[#fields + 1], fields[#fields + 2] = ARGV[2 + conversation], pack_head(heads[conversation])
end
if #fields > 0 then
  -- A full Redis refuses HSET, unless the script has written before: what is accepted must be settled even then.
  redis.call('HDEL', KEYS[2], '')
  redis.call('HSET', KEYS[2], unpack(fields))
end
return reply
