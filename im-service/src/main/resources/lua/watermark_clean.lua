-- Takes watermarks off the list of those that MySQL does not have, unless they have risen since they were read.
--
-- KEYS[2]  mark: HASH user conversation -> "delivered read readOrdinal mentioned"
-- KEYS[3]  dirty: SET of marks
-- ARGV[2]  and following: field, the value MySQL has, ...
local fields = {}
for i = 2, #ARGV, 2 do
  fields[#fields + 1] = ARGV[i]
end
local values = redis.call('HMGET', KEYS[2], unpack(fields))
local clean = {}
for n = 1, #fields do
  if values[n] == ARGV[1 + 2 * n] then
    clean[#clean + 1] = fields[n]
  end
end
if #clean > 0 then
  redis.call('SREM', KEYS[3], unpack(clean))
end
return {1}
