-- Reads the windows of conversations, never above what is confirmed.
--
-- KEYS     2 head, 3 body, 4 changes
-- ARGV[2]  ranges, 24 bytes each: conversation's index from 0 (4), after (8), to (8), most sequences (4)
-- ARGV     from 3: the conversations
-- Reply    now and the epoch's opening (8 bytes each); per range 25 bytes: 1 (0: to be loaded first), confirmed sequence, its ordinal, where
--          the page ends; per body 13 bytes: range's index from 0 (4), sequence, 0 for a message of the range or 1 for a change of one; then
--          the bodies, in the same order
--
-- A page ends early when the bodies of the call exceed a mebibyte, or when its messages have very many changes. All changes of a message come
-- with it, however many, but those that the store has made.
local STEP, ENOUGH, MOST_CHANGES = 50, 1048576, 500
local MESSAGE, CHANGE = 0, 1

local heads = read_heads(KEYS[2], 3, #ARGV)
local pages, found, bodies, size, change_size = {}, {}, {}, 0, 0

-- Takes the bodies there are, and returns how many bytes they have.
local function take(range, field, sequences, kind)
  local members, bytes = {}, 0
  for i, sequence in ipairs(sequences) do members[i] = field .. ':' .. sequence end
  for i, body in ipairs(redis.call('HMGET', KEYS[3], unpack(members))) do
    if body then
      found[#found + 1] = struct.pack('>I4I8B', range, sequences[i], kind)
      bodies[#bodies + 1] = body
      bytes = bytes + #body
    end
  end
  return bytes
end

-- The changes of messages of (after, to], in their order, at most so many, as {target, change} each.
local function changes_of(field, after, to, most)
  local from, below = '[' .. field .. ':' .. struct.pack('>I8', after + 1), '(' .. field .. ':' .. struct.pack('>I8', to + 1)
  local changes = redis.call('ZRANGEBYLEX', KEYS[4], from, below, 'LIMIT', 0, most)
  for i, member in ipairs(changes) do
    changes[i] = {struct.unpack('>I8I8', member, #member - 15)}
  end
  return changes
end

local function take_changes(range, field, confirmed, changes)
  local sequences = {}
  for i, change in ipairs(changes) do
    if change[2] <= confirmed then sequences[#sequences + 1] = change[2] end
    if #sequences == STEP or #sequences > 0 and i == #changes then
      change_size = change_size + take(range, field, sequences, CHANGE)
      sequences = {}
    end
  end
end

-- Reads the changes of a range's messages, as many as fit. Returns up to where they are complete.
local function read_changes(range, field, confirmed, after, to)
  local at, count = after, 0
  while true do
    local first = changes_of(field, at, to, 1)[1]
    if not first then return to end
    local target = first[1]
    local changes = changes_of(field, target - 1, target, -1)
    if change_size >= ENOUGH or count > 0 and count + #changes > MOST_CHANGES then return target - 1 end
    take_changes(range, field, confirmed, changes)
    at, count = target, count + #changes
  end
end

local function read_page(range, field, after, to)
  local at = after
  while at < to and size < ENOUGH do
    local sequences, first = {}, at
    at = math.min(at + STEP, to)
    for sequence = first + 1, at do sequences[#sequences + 1] = sequence end
    size = size + take(range, field, sequences, MESSAGE)
  end
  return at
end

local at, range = 1, 0
while at <= #ARGV[2] do
  local conversation, after, to, limit
  conversation, after, to, limit, at = struct.unpack('>I4I8I8I4', ARGV[2], at)
  local head = heads[conversation + 1]
  if head then
    local field, confirmed = ARGV[3 + conversation], head[CONFIRMED]
    to = math.min(to, confirmed)
    to = math.min(to, after + limit)
    local page_end = after
    -- Nothing more is read for a call that is full.
    if to > after and size < ENOUGH then page_end = read_page(range, field, after, read_changes(range, field, confirmed, after, to)) end
    pages[range + 1] = struct.pack('>BI8I8I8', 1, confirmed, head[CONFIRMED_ORDINAL], page_end)
  else
    pages[range + 1] = struct.pack('>BI8I8I8', 0, 0, 0, 0)
  end
  range = range + 1
end
return {1, struct.pack('>I8I8', clock(), opened[4]), table.concat(pages), table.concat(found), unpack(bodies)}
