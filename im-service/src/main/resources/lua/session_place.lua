-- Says what connections are to their devices, and on request makes them their devices' sessions.
--
-- KEYS[2]      version
-- KEYS[3]      idle
-- KEYS[4]      session
-- KEYS[4 + i]  superseded:<user i>: HASH "incarnation connection" -> the device that came later; it expires
-- ARGV[2]      1 to put sessions that are not there, 0 to look only
-- ARGV[3]      how many sessions a user may have
-- ARGV[4]      for how many seconds a superseded connection is remembered
-- then per connection seven of ARGV from 5: user, device, "incarnation connection", login time, 0 for one that logs in now, when its userSig was
--              issued, "run attempt", and the client types of which no device may be connected beside this one: " 1 2 ", '' for none
-- reply        the time, then per connection {1 current or 2 unknown or 3 superseded, login time, counter, the device that came later or '',
--              the sessions that this one has superseded, a line each}
--
-- Sessions that can't stand beside each other are rivals: those of one device, and those of client types that the policy keeps apart. Of rivals the
-- later login stays, whichever was put first: after Redis was emptied they may come in any order. So a login is later than all that it supersedes,
-- whatever the clock says. But of the LOGINs of one run, which a device counts, the higher number is later: one that was given up may arrive behind the
-- next. Rivals that were let in beside each other, under another policy, stand until one of them is put again.
-- Connections are placed one after the other, because they may be of one user. All of it may be repeated.
local put, capacity, remembered = ARGV[2] == '1', tonumber(ARGV[3]), ARGV[4]
local now = clock()

local function time_of(session)
  return tonumber(string.match(session, '^%S+ %S+ (%d+)'))
end

-- By which LOGIN of which run a session was asked for.
local function asked_by(session)
  local run, attempt = string.match(session, '^%S+ %S+ %d+ %d+ (%d+) (%d+)$')
  return run, tonumber(attempt)
end

-- The sessions of a user but the connection's own, each as {device, session, whether it is a rival, its place}, the earliest login first.
local function others_of(sessions, device, connection, types)
  local others = {}
  for came, one in ipairs(sessions) do
    local other, session = one[1], one[2]
    if other ~= device then
      local apart = string.find(types, ' ' .. string.match(other, '^%d+') .. ' ', 1, true)
      others[#others + 1] = {other, session, apart ~= nil, came}
    elseif connection_of(session) ~= connection then
      others[#others + 1] = {other, session, true, came}
    end
  end
  table.sort(others, function(a, b)
    local earlier, later = time_of(a[2]), time_of(b[2])
    return earlier < later or earlier == later and a[4] < b[4]
  end)
  return others
end

local reply = {1, string.format('%.0f', now)}
for i = 1, (#ARGV - 4) / 7 do
  local superseded = KEYS[4 + i]
  local at = -2 + 7 * i
  local user, device, connection, time = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  local login = time == 0
  local sessions = sessions_of(redis.call('HGET', KEYS[4], user))
  local there = session_of(sessions, device)
  local own = there and connection_of(there) == connection
  local state, by, others, replaced = 2, '', {}, {}

  local function came_later(other)
    local run, attempt = string.match(ARGV[at + 5], '^(%d+) (%d+)$')
    local other_run, other_attempt = asked_by(other[2])
    if other[1] == device and run ~= '0' and other_run == run then return other_attempt > tonumber(attempt) end
    return not login and time_of(other[2]) >= time
  end

  local function supersede(other)
    sessions = without(sessions, other[1])
    redis.call('HSET', superseded, connection_of(other[2]), device)
    redis.call('EXPIRE', superseded, remembered)
    replaced[#replaced + 1] = other
  end

  if own and not login then
    state = 1
  else
    others = others_of(sessions, device, connection, ARGV[at + 6])
    by = not login and redis.call('HGET', superseded, connection) or ''
    if by == '' then
      for _, other in ipairs(others) do
        if other[3] and came_later(other) then by = other[1] end
      end
    end
    -- One too many, and nobody came earlier.
    if by == '' and not login and #others >= capacity and time_of(others[1][2]) >= time then
      by = others[#others][1]
    end
    if by ~= '' then state = 3 end
  end
  if login then
    time = math.max(now, own and time_of(there) + 1 or 0)
    for _, other in ipairs(others) do
      if other[3] then time = math.max(time, time_of(other[2]) + 1) end
    end
  end

  if put and state == 2 then
    for _, other in ipairs(others) do
      if other[3] then supersede(other) end
    end
    if #replaced == 0 and #others >= capacity then supersede(others[1]) end
    sessions = without(sessions, device)
    sessions[#sessions + 1] = {device, table.concat({connection, string.format('%.0f', time), ARGV[at + 4], ARGV[at + 5]}, ' ')}
    keep_sessions(KEYS[4], user, sessions)
    redis.call('HDEL', KEYS[3], user)
    state = 1
  end
  local counters = redis.call('HMGET', KEYS[2], user, FLOOR)
  local counter = string.format('%.0f', counter_of(counters[1], counters[2]))
  reply[i + 2] = {state, string.format('%.0f', time), counter, by, lines_of(replaced)}
end
return reply
