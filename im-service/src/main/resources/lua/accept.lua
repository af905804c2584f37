-- Gives messages their places.
--
-- KEYS     2 head, 3 body, 4 pending, 5 uncommitted, 6 buckets, 7 changes, 8 "mark:" (what the marks' keys begin with)
-- ARGV[2]  bound of uncommitted messages (8 bytes), number of conversations (4 bytes)
-- ARGV     the conversations; then of each offer three: header, the 16-byte hash of its name, body.
--          Header: conversation's index from 0 (4), terms (1: 0 within the bound, 1 also over it, 2 not at all: a resend, 3 an event, which
--          makes the shape its own), answer if it is new though (1: 0, or the outcome an earlier offer of the conversation had in this call), id's time (8), shape version (8), when
--          its name was looked up (8, 0: never), sequence of the message that it changes (8, 0: none)
-- Reply    now and the epoch's opening (8 bytes each); per offer 25 bytes: outcome (1), sequence, ordinal, time
--
-- Why it is safe. Once: a name is marked in the step that numbers it, and every live bucket its mark can be in is asked. A mark leaves
-- only after its row is committed and ten minutes past the later of accept and the id's time; so an unmarked id younger than ten minutes
-- was not accepted in this epoch, and an older one is looked up in the store. A look-up counts for ten minutes: whatever was accepted since
-- then is still marked. What an earlier epoch accepted is in the store (its rows came before the barrier) and no later than the
-- conversation's last time there, hence LOOKUP_BELOW; or it comes back later and is offered here like any other.
-- Dense: numbers are taken and written in one step. Order: once an offer is not accepted for a reason that may pass, the conversation's
-- later ones are not accepted before it. A resend is never accepted, so nothing waits for it. Shapes: a message has the shape that its conversation has
-- at its place, and events follow each other, because both are looked at and written in one step. And while the event that made the shape is
-- not confirmed, nothing is accepted behind it: if Redis were lost, the store might have the message and not the event by which it was allowed.
local ACCEPTED, DUPLICATE, SETTLED, CLOCK_AHEAD, BUSY, SHAPE_CHANGED, NEED_LOAD, NEED_LOOKUP, HELD, NOT_KNOWN, EVENT_OPEN =
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
local EXEMPT, RESEND, IS_EVENT = 1, 2, 3
local DUE_AFTER = 5000

local now = clock()
local due = string.format('%.0f', now + DUE_AFTER)
local limit, conversations = struct.unpack('>I8I4', ARGV[2])
local first_offer = 3 + conversations
local count = (#ARGV - first_offer + 1) / 3
local heads = read_heads(KEYS[2], 3, first_offer - 1)
local uncommitted = redis.call('HLEN', KEYS[5])

local offers, names, times = {}, {}, {}
for i = 1, count do
  local offer = {struct.unpack('>I4BBI8I8I8I8', ARGV[first_offer + i * 3 - 3])}
  offers[i], names[i], times[i] = offer, ARGV[first_offer + i * 3 - 2], offer[4]
end
local marks = read_marks(KEYS[6], KEYS[8], names, times)

local bodies, pendings, opens, changes, new_marks, held, touched, accepted, results = {}, {}, {}, {}, {}, {}, {}, {}, {}

-- Buckets as text: Redis writes a number with 17 digits, which costs more than keeping its text.
local bucket_names = {}
local function bucket_at(time)
  local bucket = math.floor(time / TEN_MINUTES)
  local name = bucket_names[bucket] or string.format('%.0f', bucket)
  bucket_names[bucket] = name
  return name
end

local function accept(offer, field, head, name, body)
  local target = offer[7]
  local sequence, time = head[LAST] + 1, math.max(now, head[LAST_TIME])
  -- Nobody counts a change, or an event.
  local ordinal = head[LAST_ORDINAL] + (target == 0 and offer[2] ~= IS_EVENT and 1 or 0)
  head[SHAPE] = offer[5]
  head[LAST], head[LAST_ORDINAL], head[LAST_TIME], head[USED] = sequence, ordinal, time, now
  if offer[2] == IS_EVENT then head[EVENT] = sequence end
  head[UNCOMMITTED] = head[UNCOMMITTED] + 1
  uncommitted = uncommitted + 1
  local member = field .. ':' .. sequence
  local bucket = bucket_at(math.max(now, offer[4]))
  local n = #bodies
  bodies[n + 1], bodies[n + 2] = member, struct.pack('>I8I8', ordinal, time) .. body
  pendings[n + 1], pendings[n + 2] = due, member
  opens[n + 1], opens[n + 2] = member, bucket
  if target > 0 then
    opens[n + 2] = bucket .. ':' .. target
    changes[#changes + 1], changes[#changes + 2] = 0, change_member(field, target, sequence)
  end
  local place = struct.pack('>I8I8I8', sequence, ordinal, time)
  local of_bucket = new_marks[bucket] or {}
  of_bucket[#of_bucket + 1], of_bucket[#of_bucket + 2] = name, place
  new_marks[bucket] = of_bucket
  marks[name], accepted[name] = place, true
  return place
end

local function decide(offer, conversation, name, body)
  local _, terms, held_before, id_time, shape, looked_up_at = unpack(offer)
  local field, head = ARGV[2 + conversation], heads[conversation]
  local mark = marks[name]
  if mark then
    if accepted[name] then return DUPLICATE, mark end
    local member = field .. ':' .. struct.unpack('>I8', mark)
    return redis.call('ZSCORE', KEYS[4], member) and DUPLICATE or SETTLED, mark
  end
  if not head then return NEED_LOAD end
  if id_time > now + TEN_MINUTES then return CLOCK_AHEAD end
  held[conversation] = held[conversation] or held_before > 0 and held_before or nil
  local outcome = held[conversation]
  if looked_up_at <= now - TEN_MINUTES and may_be_stored(head, id_time, now) then
    held[conversation] = outcome or HELD
    return NEED_LOOKUP
  end
  if terms == RESEND then return NOT_KNOWN end
  if outcome == nil and shape ~= head[SHAPE] + (terms == IS_EVENT and 1 or 0) then
    outcome = SHAPE_CHANGED
  elseif outcome == nil and terms ~= EXEMPT and terms ~= IS_EVENT and uncommitted >= limit then
    outcome = BUSY
  elseif outcome == nil and head[EVENT] > head[CONFIRMED] then
    outcome = EVENT_OPEN
  end
  if outcome then
    held[conversation] = outcome
    return outcome
  end
  touched[conversation] = true
  return ACCEPTED, accept(offer, field, head, name, body)
end

local NOWHERE = struct.pack('>I8I8I8', 0, 0, 0)
for i = 1, count do
  local outcome, place = decide(offers[i], offers[i][1] + 1, names[i], ARGV[first_offer + i * 3 - 1])
  results[i] = string.char(outcome) .. (place or NOWHERE)
end
local reply = {1, struct.pack('>I8I8', now, opened[4]), table.concat(results)}

if #bodies > 0 then
  local fields = {}
  for conversation in pairs(touched) do
    fields[#fields + 1], fields[#fields + 2] = ARGV[2 + conversation], pack_head(heads[conversation])
  end
  redis.call('HSET', KEYS[2], unpack(fields))
  redis.call('HSET', KEYS[3], unpack(bodies))
  redis.call('HSET', KEYS[5], unpack(opens))
  redis.call('ZADD', KEYS[4], unpack(pendings))
  if #changes > 0 then redis.call('ZADD', KEYS[7], unpack(changes)) end
  for bucket, of_bucket in pairs(new_marks) do
    redis.call('HSET', KEYS[8] .. bucket, unpack(of_bucket))
    redis.call('HINCRBY', KEYS[6], bucket, #of_bucket / 2)
  end
end
return reply
