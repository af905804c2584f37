-- What the scripts of a conversation partition share. The keys of an epoch:
--   head         HASH  app/conversation -> the packed numbers below
--   body         HASH  app/conversation:sequence -> ordinal, time (8 bytes each), then what the caller packed
--   pending      ZSET  app/conversation:sequence, score = when it is due, unix ms
--   uncommitted  HASH  app/conversation:sequence -> bucket of its mark
--   buckets      HASH  bucket -> how many uncommitted messages have their mark in it
--   mark:BUCKET  HASH  16-byte hash of the message's name -> sequence, ordinal, time (8 bytes each)
-- Invariants: 0 <= confirmed <= last. An uncommitted or pending message has its body. A head leaves only when it has no uncommitted
-- message, so a missing head means "as the store says".
local HEAD = '>I8I8I8I8I8I8I8I8I8'
local LAST, CONFIRMED = 1, 2                   -- sequences: given out, readable
local LAST_ORDINAL, CONFIRMED_ORDINAL = 3, 4   -- the ordinals there
local UNCOMMITTED = 5                          -- how many messages the store has not reported yet
local SHAPE = 6                                -- version of the conversation's shape
local LAST_TIME = 7                            -- server time of the last message
local USED = 8                                 -- when it was last loaded or written
local LOOKUP_BELOW = 9                         -- an unmarked id up to this time may be stored by an epoch gone by
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
  return struct.pack(HEAD, unpack(head, 1, 9))
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
