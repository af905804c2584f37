-- Drops marks that have served, and a few conversations that were not used for an hour.
--
-- KEYS     2 head, 3 body, 4 pending, 5 uncommitted, 6 changes, 7 buckets, 8 "mark:" (what the marks' keys begin with)
-- ARGV[2]  where the scan of the heads goes on
-- Reply    where it goes on next time, 1 if there is more to do now (else 0), how many heads left
--
-- Why it is safe. A bucket goes when none of its messages is uncommitted and ten minutes have passed since its end: accept.lua looks such
-- ids up in the store. A head goes when everything in it is confirmed and committed, nothing in its window is pending, and it was neither
-- loaded nor written for an hour: the store then says the same as the head did, and no load that missed it before is under way (load.lua).
-- A pending message below the window keeps its body, which finish.lua takes.
-- A change that is committed goes with the body that it changed, once that is committed and not pending either: the store then has both.
local HOUR, ENTRIES, CHANGES = 3600000, 1000, 100

local now = clock()
local spent = {}
local buckets = redis.call('HGETALL', KEYS[7])
for i = 1, #buckets, 2 do
  if tonumber(buckets[i + 1]) <= 0 and (buckets[i] + 2) * TEN_MINUTES < now then spent[#spent + 1] = buckets[i] end
end

local changed, unchanged = {}, {}
for _, member in ipairs(redis.call('ZRANDMEMBER', KEYS[6], CHANGES)) do
  local field = string.sub(member, 1, -18)
  local target, change = struct.unpack('>I8I8', member, #member - 15)
  local body = field .. ':' .. target
  local uncommitted = redis.call('HMGET', KEYS[5], body, field .. ':' .. change)
  if not uncommitted[1] and not uncommitted[2] and not redis.call('ZSCORE', KEYS[4], body) then
    changed[#changed + 1], unchanged[#unchanged + 1] = body, member
  end
end

local function window_of(field, head)
  local members = {}
  for sequence = math.max(1, head[LAST] - WINDOW + 1), head[LAST] do
    members[#members + 1] = field .. ':' .. sequence
  end
  return members
end

local function any_pending(members)
  if #members == 0 then return false end
  for _, due in ipairs(redis.call('ZMSCORE', KEYS[4], unpack(members))) do
    if due then return true end
  end
  return false
end

local scan = redis.call('HSCAN', KEYS[2], ARGV[2], 'COUNT', 100)
local cursor, fields, more = scan[1], scan[2], scan[1] ~= '0' and 1 or 0
local idle, bodies = {}, {}
for i = 1, #fields, 2 do
  local head = {struct.unpack(HEAD, fields[i + 1])}
  if head[USED] < now - HOUR and head[UNCOMMITTED] == 0 and head[CONFIRMED] == head[LAST] then
    local members = window_of(fields[i], head)
    if #bodies + #members > ENTRIES then
      cursor, more = ARGV[2], 1
      break
    end
    if not any_pending(members) then
      idle[#idle + 1] = fields[i]
      for _, member in ipairs(members) do bodies[#bodies + 1] = member end
    end
  end
end
local reply = {1, cursor, more, #idle}

for _, bucket in ipairs(spent) do
  redis.call('HDEL', KEYS[7], bucket)
  redis.call('UNLINK', KEYS[8] .. bucket)
end
if #changed > 0 then
  redis.call('HDEL', KEYS[3], unpack(changed))
  redis.call('ZREM', KEYS[6], unpack(unchanged))
end
if #bodies > 0 then redis.call('HDEL', KEYS[3], unpack(bodies)) end
if #idle > 0 then redis.call('HDEL', KEYS[2], unpack(idle)) end
return reply
