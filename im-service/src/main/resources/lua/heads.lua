-- Tells how far conversations can be read.
--
-- KEYS   2 head
-- ARGV   from 2: the conversations
-- Reply  now and the epoch's opening (8 bytes each); per conversation 25 bytes: 1 (0: to be loaded first), confirmed sequence, its ordinal,
--        and the version of the shape, which may be that of an event above
local results = {}
for i, head in ipairs(read_heads(KEYS[2], 2, #ARGV)) do
  results[i] = head and struct.pack('>BI8I8I8', 1, head[CONFIRMED], head[CONFIRMED_ORDINAL], head[SHAPE])
    or struct.pack('>BI8I8I8', 0, 0, 0, 0)
end
return {1, struct.pack('>I8I8', clock(), opened[4]), table.concat(results)}
