-- What the scripts on sessions share. The key of an epoch:
--   session  HASH  user -> a line for each connected device, in the order of their coming: "device incarnation connection loginTime sigIssued run attempt"
-- All of a user's devices lie in one field, so that one command tells where the devices of many users are.

-- The sessions of a user as {device, session} each, of what HGET says.
local function sessions_of(lines)
  local sessions = {}
  for device, session in string.gmatch(lines or '', '(%S+) ([^\n]+)\n') do
    sessions[#sessions + 1] = {device, session}
  end
  return sessions
end

local function session_of(sessions, device)
  for _, one in ipairs(sessions) do
    if one[1] == device then return one[2] end
  end
  return nil
end

local function without(sessions, device)
  local others = {}
  for _, one in ipairs(sessions) do
    if one[1] ~= device then others[#others + 1] = one end
  end
  return others
end

local function lines_of(sessions)
  local lines = {}
  for i, one in ipairs(sessions) do
    lines[i] = one[1] .. ' ' .. one[2] .. '\n'
  end
  return table.concat(lines)
end

local function keep_sessions(key, user, sessions)
  if #sessions > 0 then
    redis.call('HSET', key, user, lines_of(sessions))
  else
    redis.call('HDEL', key, user)
  end
end

local function connection_of(session)
  return string.match(session, '^(%S+ %S+) ')
end
