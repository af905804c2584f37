-- Reads users' settings of conversations.
--
-- KEYS[2]  settings: HASH user conversation -> version (8 bytes), an encoded PersonalSettings
-- ARGV[2]  and following: the fields
-- reply    per field its PersonalSettings, nil where this epoch has not seen it
local fields = {}
for i = 2, #ARGV do
  fields[#fields + 1] = ARGV[i]
end
local values = redis.call('HMGET', KEYS[2], unpack(fields))
for i = 1, #values do
  values[i] = values[i] and string.sub(values[i], 9)
end
return {1, unpack(values)}
