-- Lets go what Redis has of users who have had no session and no change for long. MySQL has all of it.
--
-- KEYS     2 version, 3 start, 4 idle, 5 mark: HASH "user conversation" -> watermark, 6 dirty: SET of marks that MySQL does not have yet,
--          7 settings: HASH "user conversation" -> settings, 8 "index:" (what the users' keys begin with), 9 session, 10 moved, 11 newest
-- ARGV[2]  where the scan of the users goes on
-- ARGV[3]  for how long a user has to be idle, ms
-- Reply    where it goes on next time, 1 if there is more to do now (else 0), how many users were let go
--
-- Why it is safe. A user is idle when the counter is what it was at an earlier scan and there is no session; both are looked at in the step
-- that lets go. Nothing goes that MySQL does not have: a user with a watermark that is yet to be written stays. Versions do not go back:
-- the floor rises to the counter that leaves, and whoever comes back starts above it. Of an index with many entries the oldest go first,
-- and its start before them, so that it counts as not built from then on.
local ENTRIES = 1000

local now = clock()
local longest = tonumber(ARGV[3])
local scan = redis.call('HSCAN', KEYS[2], ARGV[2], 'COUNT', 400)
local cursor, fields = scan[1], scan[2]
local users, counters = {}, {}
for i = 1, #fields, 2 do
  if fields[i] ~= FLOOR then
    users[#users + 1], counters[#counters + 1] = fields[i], fields[i + 1]
  end
end
if #users == 0 then return {1, cursor, cursor ~= '0' and 1 or 0, 0} end

local function idle_since(seen, counter)
  local then_counter, at = string.match(seen or '', '^(%d+) (%d+)$')
  return then_counter == counter and tonumber(at) or nil
end

local function all_written(marks)
  if #marks == 0 then return true end
  for _, is_dirty in ipairs(redis.call('SMISMEMBER', KEYS[6], unpack(marks))) do
    if is_dirty == 1 then return false end
  end
  return true
end

local floor = counter_of(redis.call('HGET', KEYS[2], FLOOR))
local seen = redis.call('HMGET', KEYS[4], unpack(users))
local sessions = redis.call('HMGET', KEYS[9], unpack(users))
local awake, asleep, begun, whole, marks, partly, left = {}, {}, {}, {}, {}, nil, ENTRIES
local more = cursor ~= '0' and 1 or 0
for i = 1, #users do
  local user, since = users[i], idle_since(seen[i], counters[i])
  if sessions[i] then
    if seen[i] then awake[#awake + 1] = user end
  elseif not since then
    asleep[#asleep + 1], asleep[#asleep + 2] = user, counters[i] .. ' ' .. string.format('%.0f', now)
  elseif now - since >= longest then
    if left == 0 then break end
    local members = redis.call('ZRANGE', KEYS[8] .. user, 0, left - 1)
    local of_user = {}
    for n = 1, #members do of_user[n] = user .. ' ' .. members[n] end
    if all_written(of_user) then
      for n = 1, #of_user do marks[#marks + 1] = of_user[n] end
      begun[#begun + 1] = user
      if #members < left then
        whole[#whole + 1] = user
        floor = math.max(floor, tonumber(counters[i]))
      else
        partly = {KEYS[8] .. user, #members}
      end
      left = left - #members
    end
  end
end
if partly then cursor, more = ARGV[2], 1 end
local reply = {1, cursor, more, #whole}

-- HDEL comes first: a full Redis refuses HSET, unless the script has written before.
redis.call('HDEL', KEYS[4], '', unpack(awake))
if #begun > 0 then
  redis.call('HDEL', KEYS[3], unpack(begun))
  redis.call('HDEL', KEYS[11], unpack(begun))
end
if #marks > 0 then
  redis.call('HDEL', KEYS[5], unpack(marks))
  redis.call('HDEL', KEYS[7], unpack(marks))
end
if partly then redis.call('ZREMRANGEBYRANK', partly[1], 0, partly[2] - 1) end
if #whole > 0 then
  for _, user in ipairs(whole) do redis.call('UNLINK', KEYS[8] .. user) end
  redis.call('HDEL', KEYS[2], unpack(whole))
  redis.call('HDEL', KEYS[4], unpack(whole))
  redis.call('HDEL', KEYS[10], unpack(whole))
  redis.call('HSET', KEYS[2], FLOOR, string.format('%.0f', floor))
end
if #asleep > 0 then redis.call('HSET', KEYS[4], unpack(asleep)) end
return reply
