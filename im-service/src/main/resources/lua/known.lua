-- Tells of names whether messages of them were accepted.
--
-- KEYS     2 head, 3 buckets, 4 "mark:" (what the marks' keys begin with)
-- ARGV[2]  names, 28 bytes each: conversation's index from 0 (4), id's time (8), hash (16)
-- ARGV     from 3: the conversations
-- Reply    now and the epoch's opening (8 bytes each); a byte per name: 0 not accepted, 1 accepted, 2 the conversation has to be loaded first,
--          3 the store knows
--
-- It asks what accept.lua asks, and changes nothing.
local UNKNOWN, KNOWN, NEED_LOAD, NEED_LOOKUP = '\0', '\1', '\2', '\3'

local now = clock()
local heads = read_heads(KEYS[2], 3, #ARGV)
local conversations, names, times = {}, {}, {}
local at, i = 1, 0
while at <= #ARGV[2] do
  i = i + 1
  conversations[i], times[i], names[i], at = struct.unpack('>I4I8c16', ARGV[2], at)
end
local marks = read_marks(KEYS[3], KEYS[4], names, times)

local results = {}
for n = 1, i do
  local head = heads[conversations[n] + 1]
  if marks[names[n]] then
    results[n] = KNOWN
  elseif not head then
    results[n] = NEED_LOAD
  else
    results[n] = may_be_stored(head, times[n], now) and NEED_LOOKUP or UNKNOWN
  end
end
return {1, struct.pack('>I8I8', now, opened[4]), table.concat(results)}
