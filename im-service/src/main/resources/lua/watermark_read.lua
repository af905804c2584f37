-- Reads watermarks.
--
-- KEYS[2]  mark: HASH user conversation -> "delivered read readOrdinal mentioned"
-- ARGV[2]  and following: the fields
-- reply    per field its value, nil where this epoch has not seen it
local fields = {}
for i = 2, #ARGV do
  fields[#fields + 1] = ARGV[i]
end
return {1, unpack(redis.call('HMGET', KEYS[2], unpack(fields)))}
