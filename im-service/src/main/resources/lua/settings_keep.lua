-- Keeps what MySQL has of users' settings, unless something newer is kept.
--
-- KEYS[2]  settings: HASH user conversation -> version (8 bytes), an encoded PersonalSettings
-- then per settings three of ARGV from 2: the field, the version (8 bytes), the PersonalSettings
-- reply    nothing
--
-- Versions are packed with the highest byte first, so they compare as texts.
local fields = {}
for i = 2, #ARGV, 3 do
  fields[#fields + 1] = ARGV[i]
end
local kept, writes = redis.call('HMGET', KEYS[2], unpack(fields)), {}
for n = 1, #fields do
  local version, settings = ARGV[3 * n], ARGV[3 * n + 1]
  if not kept[n] or string.sub(kept[n], 1, 8) < version then
    writes[#writes + 1], writes[#writes + 2] = fields[n], version .. settings
  end
end
if #writes > 0 then redis.call('HSET', KEYS[2], unpack(writes)) end
return {1}
