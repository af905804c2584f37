-- Ends sessions that are still their connections' own.
--
-- KEYS[2]      session
-- KEYS[2 + i]  superseded:<user i>: HASH "incarnation connection" -> the device that came later
-- ARGV[2]      1 when the connections are gone, so that none of them will ask why; 0 when they may only be out of reach
-- then per connection three of ARGV from 3: user, device, "incarnation connection"
-- reply        the time
local gone = ARGV[2] == '1'
for i = 1, (#ARGV - 2) / 3 do
  local user, device, connection = ARGV[3 * i], ARGV[1 + 3 * i], ARGV[2 + 3 * i]
  local sessions = sessions_of(redis.call('HGET', KEYS[2], user))
  local there = session_of(sessions, device)
  if there and connection_of(there) == connection then
    keep_sessions(KEYS[2], user, without(sessions, device))
  end
  if gone then
    redis.call('HDEL', KEYS[2 + i], connection)
  end
end
return {1, string.format('%.0f', clock())}
