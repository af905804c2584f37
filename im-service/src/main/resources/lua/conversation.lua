-- What the scripts of a conversation partition share. The keys of an epoch:
--   head         HASH  app/conversation -> the packed numbers below
--   body         HASH  app/conversation:sequence -> ordinal, time (8 bytes each), then what the caller packed
--   pending      ZSET  app/conversation:sequence, score = when it is due, unix ms
--   uncommitted  HASH  app/conversation:sequence -> bucket of its mark; of a change ":" and the sequence of what it changes
--   changes      ZSET  app/conversation: and 8 bytes each of what is changed and of the change; all scores are 0, so it is sorted by these
--   buckets      HASH  bucket -> how many uncommitted messages have their mark in it
--   mark:BUCKET  HASH  16-byte hash of the message's name -> sequence, ordinal, time (8 bytes each)
-- Invariants: 0 <= confirmed <= last. An uncommitted or pending message has its body. A head leaves only when it has no uncommitted
-- message, so a missing head means "as the store says". A body says what was accepted, and while it is there every change of it is in
-- changes: so the message is the body with those changes made, or what the store says with those changes made.
local HEAD = '>I8I8I8I8I8I8I8I8I8I8'
local LAST, CONFIRMED = 1, 2                   -- sequences: given out, readable
local LAST_ORDINAL, CONFIRMED_ORDINAL = 3, 4   -- the ordinals there
local UNCOMMITTED = 5                          -- how many messages the store has not reported yet
local SHAPE = 6                                -- version of the conversation's shape
local LAST_TIME = 7                            -- server time of the last message
local USED = 8                                 -- when it was last loaded or written
local LOOKUP_BELOW = 9                         -- an unmarked id up to this time may be stored by an epoch gone by
local EVENT = 10                               -- sequence of the event that made the shape, 0 for one of an epoch gone by
local TEN_MINUTES = 600000
local WINDOW = 200

-- The heads of the conversations ARGV[first .. last], in their order; false where there is none.
local function read_heads(key, first, last)
  local heads = redis.call('HMGET', key, unpack(ARGV, first, last))
  for i = 1, #heads do
    if heads[i] then heads[i] = {struct.unpack(HEAD, heads[i])} end
  end
  return heads
end

local function pack_head(head)
  return struct.pack(HEAD, unpack(head, 1, 10))
end

-- The marks there are of names (their hashes), by name; times are those of their ids. A mark lies in the bucket of the later of accept and
-- the id's time, so in none that ended before the id's time: only the others are asked.
local function read_marks(buckets, key, names, times)
  local marks = {}
  for _, bucket in ipairs(redis.call('HKEYS', buckets)) do
    local asked, bucket_end = {}, (bucket + 1) * TEN_MINUTES
    for i = 1, #names do
      if times[i] < bucket_end then asked[#asked + 1] = names[i] end
    end
    if #asked > 0 then
      local found = redis.call('HMGET', key .. bucket, unpack(asked))
      for i = 1, #asked do
        if found[i] then marks[asked[i]] = found[i] end
      end
    end
  end
  return marks
end

-- Whether a message with an id of this time may have been accepted although it is not marked: its mark may have gone, or it may be of an
-- epoch gone by. The store knows.
local function may_be_stored(head, id_time, now)
  return id_time < now - TEN_MINUTES or id_time <= head[LOOKUP_BELOW]
end

-- The member of changes for a change (a sequence) of a target (another).
local function change_member(field, target, change)
  return field .. ':' .. struct.pack('>I8I8', target, change)
end

-- Positions come packed in ARGV[2], 20 bytes each: index of the conversation (from 0), sequence, ordinal. The conversations are
-- ARGV[3 ..]. Calls visit(i, conversation's index from 1, sequence, ordinal).
local function each_position(visit)
  local at, i = 1, 0
  while at <= #ARGV[2] do
    local conversation, sequence, ordinal
    conversation, sequence, ordinal, at = struct.unpack('>I4I8I8', ARGV[2], at)
    i = i + 1
    visit(i, conversation + 1, sequence, ordinal)
  end
end
