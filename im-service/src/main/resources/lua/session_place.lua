-- Says what connections are to their devices, and on request makes them their devices' sessions.
--
-- KEYS[2]       version: HASH user -> counter of the user's index
-- KEYS[3]       idle: HASH user -> since when the user is not here
-- KEYS[2 + 2i]  session:<user i>: HASH device -> "incarnation connection loginTime"
-- KEYS[3 + 2i]  superseded:<user i>: HASH "incarnation connection" -> the device that came later; it expires
-- ARGV[2]       1 to put sessions that are not there, 0 to look only
-- ARGV[3]       how many sessions a user may have
-- ARGV[4]       for how many seconds a superseded connection is remembered
-- then per connection four of ARGV from 5: user, device, "incarnation connection", login time, 0 for one that logs in now
-- reply         per connection {1 current or 2 unknown or 3 superseded, login time, counter, the device that came later or '',
--               device and session of each one that this one has superseded}
--
-- Of two sessions of a device the later login stays, whichever was put first: after Redis was emptied they may come in any order.
-- Connections are placed one after the other, because they may be of one device. Each is computed before it is written, and all of it may
-- be repeated.
local put, capacity, remembered = ARGV[2] == '1', tonumber(ARGV[3]), ARGV[4]
local now = clock()

local function connection_of(session)
  return string.match(session, '^(%S+ %S+) ')
end

local function time_of(session)
  return tonumber(string.match(session, ' (%d+)$'))
end

local function oldest(sessions)
  local all = redis.call('HGETALL', sessions)
  local found = 1
  for k = 3, #all, 2 do
    if time_of(all[k + 1]) < time_of(all[found + 1]) then
      found = k
    end
  end
  return all[found], all[found + 1]
end

local reply = {1}
for i = 1, (#ARGV - 4) / 4 do
  local sessions, superseded = KEYS[2 + 2 * i], KEYS[3 + 2 * i]
  local at = 1 + 4 * i
  local user, device, connection, time = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  local login = time == 0
  local there = redis.call('HGET', sessions, device)
  local state, by, replaced = 2, '', {}

  local function supersede(other, session)
    redis.call('HDEL', sessions, other)
    redis.call('HSET', superseded, connection_of(session), device)
    redis.call('EXPIRE', superseded, remembered)
    replaced[#replaced + 1] = other
    replaced[#replaced + 1] = session
  end

  if login then
    time = math.max(now, there and time_of(there) + 1 or 0)
  elseif there and connection_of(there) == connection then
    state = 1
  else
    by = redis.call('HGET', superseded, connection) or ''
    if by == '' and there and time_of(there) >= time then
      by = device
    end
    if by ~= '' then
      state = 3
    end
  end

  if put and state == 2 then
    if there and connection_of(there) ~= connection then
      supersede(device, there)
    elseif not there and redis.call('HLEN', sessions) >= capacity then
      supersede(oldest(sessions))
    end
    redis.call('HSET', sessions, device, connection .. ' ' .. string.format('%.0f', time))
    redis.call('HDEL', KEYS[3], user)
    state = 1
  end
  local counters = redis.call('HMGET', KEYS[2], user, FLOOR)
  local counter = string.format('%.0f', counter_of(counters[1], counters[2]))
  reply[i + 1] = {state, string.format('%.0f', time), counter, by, unpack(replaced)}
end
return reply
