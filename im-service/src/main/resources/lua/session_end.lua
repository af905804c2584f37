-- Ends sessions that are still their connections' own.
--
-- KEYS[2i]      session:<user i>: HASH device -> "incarnation connection loginTime sigIssued run attempt"
-- KEYS[2i + 1]  superseded:<user i>: HASH "incarnation connection" -> the device that came later
-- ARGV[2]       1 when the connections are gone, so that none of them will ask why; 0 when they may only be out of reach
-- then per connection two of ARGV from 3: device, "incarnation connection"
-- reply         the time
local gone = ARGV[2] == '1'
for i = 1, (#ARGV - 2) / 2 do
  local sessions, superseded = KEYS[2 * i], KEYS[2 * i + 1]
  local device, connection = ARGV[1 + 2 * i], ARGV[2 + 2 * i]
  local there = redis.call('HGET', sessions, device)
  if there and string.match(there, '^(%S+ %S+) ') == connection then
    redis.call('HDEL', sessions, device)
  end
  if gone then
    redis.call('HDEL', superseded, connection)
  end
end
return {1, string.format('%.0f', clock())}
