-- Lists watermarks that MySQL does not have yet.
--
-- KEYS[2]  mark: HASH user conversation -> "delivered read readOrdinal mentioned"
-- KEYS[3]  dirty: SET of marks
-- ARGV[2]  how many at most
-- reply    field, value, field, value, ...
local fields = redis.call('SRANDMEMBER', KEYS[3], tonumber(ARGV[2]))
if #fields == 0 then
  return {1}
end
local values = redis.call('HMGET', KEYS[2], unpack(fields))
local reply = {1}
for i = 1, #fields do
  reply[2 * i] = fields[i]
  reply[2 * i + 1] = values[i]
end
return reply
