-- Takes note of what MySQL has committed, and lets go what the window no longer needs.
--
-- KEYS   2 head, 3 body, 4 pending, 5 uncommitted, 6 buckets, 7 changes
-- ARGV   positions
-- Reply  how many of them were uncommitted until now
--
-- Why it is safe. A message counts down its head and its bucket only in the step that takes it out of uncommitted, so a repeated report
-- does nothing. Committing a sequence lets go the one a window below it, and itself when it is that old already, each only if it is
-- committed and not pending; of these events and finish.lua the last one to come for a message finds it so, hence nothing stays.
-- A change leaves changes together with the body that it changed, which is read from the store from then on; where that body has to stay, the
-- change stays too, and tidy.lua takes both.
local heads = read_heads(KEYS[2], 3, #ARGV)
local members, conversations, sequences = {}, {}, {}
each_position(function(i, conversation, sequence)
  members[i] = ARGV[2 + conversation] .. ':' .. sequence
  conversations[i], sequences[i] = conversation, sequence
end)

local buckets = redis.call('HMGET', KEYS[5], unpack(members))
local gone, done, counts, touched, below, changed = {}, {}, {}, {}, {}, {}
for i = 1, #members do
  local member, conversation = members[i], conversations[i]
  local bucket, target = string.match(buckets[i] or '', '^(%d+):?(%d*)$')
  local head = heads[conversation]
  if bucket and head and not gone[member] then
    gone[member] = true
    done[#done + 1] = member
    counts[bucket] = (counts[bucket] or 0) + 1
    head[UNCOMMITTED] = head[UNCOMMITTED] - 1
    touched[conversation] = true
    if target ~= '' then
      changed[#changed + 1] = {ARGV[2 + conversation], target, sequences[i]}
    end
    if sequences[i] <= head[LAST] - WINDOW then below[#below + 1] = member end
    if sequences[i] > WINDOW then
      below[#below + 1] = ARGV[2 + conversation] .. ':' .. (sequences[i] - WINDOW)
    end
  end
end
if #done == 0 then return {1, 0} end

local trimmed = {}
if #below > 0 then
  local open = redis.call('HMGET', KEYS[5], unpack(below))
  local due = redis.call('ZMSCORE', KEYS[4], unpack(below))
  for i = 1, #below do
    if not due[i] and (gone[below[i]] or not open[i]) then trimmed[#trimmed + 1] = below[i] end
  end
end
local unchanged = {}
for _, change in ipairs(changed) do
  local field, target, sequence = unpack(change)
  local member = field .. ':' .. target
  local stored = gone[member] or redis.call('HEXISTS', KEYS[5], member) == 0
  if stored and not redis.call('ZSCORE', KEYS[4], member) then
    trimmed[#trimmed + 1] = member
    unchanged[#unchanged + 1] = change_member(field, tonumber(target), sequence)
  end
end
local fields = {}
for conversation in pairs(touched) do
  fields[#fields + 1], fields[#fields + 2] = ARGV[2 + conversation], pack_head(heads[conversation])
end

-- HDEL comes first: a full Redis refuses HSET and HINCRBY, unless the script has written before.
redis.call('HDEL', KEYS[5], unpack(done))
redis.call('HSET', KEYS[2], unpack(fields))
for bucket, n in pairs(counts) do
  redis.call('HINCRBY', KEYS[6], bucket, -n)
end
if #trimmed > 0 then redis.call('HDEL', KEYS[3], unpack(trimmed)) end
if #unchanged > 0 then redis.call('ZREM', KEYS[7], unpack(unchanged)) end
return {1, #done}
