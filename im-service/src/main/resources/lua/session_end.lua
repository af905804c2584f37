-- Ends sessions that are still their connections' own.
--
-- KEYS[2i]      session:<user i>: HASH device -> "incarnation connection loginTime"
-- KEYS[2i + 1]  superseded:<user i>: HASH "incarnation connection" -> the device that came later
-- then per connection two of ARGV from 2: device, "incarnation connection"
-- reply         nothing
for i = 1, (#ARGV - 1) / 2 do
  local sessions, superseded = KEYS[2 * i], KEYS[2 * i + 1]
  local device, connection = ARGV[2 * i], ARGV[2 * i + 1]
  local there = redis.call('HGET', sessions, device)
  if there and string.match(there, '^(%S+ %S+) ') == connection then
    redis.call('HDEL', sessions, device)
  end
  redis.call('HDEL', superseded, connection)
end
return {1}
