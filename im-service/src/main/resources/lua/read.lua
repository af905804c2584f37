-- Reads the windows of conversations, never above what is confirmed.
--
-- KEYS     2 head, 3 body
-- ARGV[2]  ranges, 24 bytes each: conversation's index from 0 (4), after (8), to (8, 0: the newest), most sequences (4)
-- ARGV     from 3: the conversations
-- Reply    now and the epoch's opening (8 bytes each); per range 25 bytes: 1 (0: to be loaded first), confirmed sequence, its ordinal, where
--          the page ends; per message found 12 bytes: range's index from 0 (4), sequence; then the bodies, in the same order
--
-- A page ends early when the bodies of the call exceed a mebibyte.
local STEP, ENOUGH = 50, 1048576

local heads = read_heads(KEYS[2], 3, #ARGV)
local pages, found, bodies, size = {}, {}, {}, 0

local function read_page(range, field, after, to)
  local at = after
  while at < to and size < ENOUGH do
    local members, first = {}, at
    at = math.min(at + STEP, to)
    for sequence = first + 1, at do members[#members + 1] = field .. ':' .. sequence end
    for i, body in ipairs(redis.call('HMGET', KEYS[3], unpack(members))) do
      if body then
        found[#found + 1] = struct.pack('>I4I8', range, first + i)
        bodies[#bodies + 1] = body
        size = size + #body
      end
    end
  end
  return at
end

local at, range = 1, 0
while at <= #ARGV[2] do
  local conversation, after, to, limit
  conversation, after, to, limit, at = struct.unpack('>I4I8I8I4', ARGV[2], at)
  local head = heads[conversation + 1]
  if head then
    if to == 0 or to > head[CONFIRMED] then to = head[CONFIRMED] end
    local page_end = read_page(range, ARGV[3 + conversation], after, math.min(to, after + limit))
    pages[range + 1] = struct.pack('>BI8I8I8', 1, head[CONFIRMED], head[CONFIRMED_ORDINAL], page_end)
  else
    pages[range + 1] = struct.pack('>BI8I8I8', 0, 0, 0, 0)
  end
  range = range + 1
end
return {1, struct.pack('>I8I8', clock(), opened[4]), table.concat(pages), table.concat(found), unpack(bodies)}
