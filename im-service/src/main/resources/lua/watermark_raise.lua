-- Raises watermarks by maximum. A watermark that this epoch has not seen is raised only together with what MySQL has of it.
--
-- KEYS[2]  mark: HASH user conversation -> "delivered read readOrdinal"
-- KEYS[3]  dirty: SET of marks that MySQL does not have yet
-- then per watermark five of ARGV from 2: its field, delivered, read, readOrdinal, and 1 when MySQL's are among them
-- reply    per watermark {0} when MySQL's are missing, else
--          {1, 1 when delivered rose, 1 when read rose, "delivered read readOrdinal"}
local width = 5
local fields = {}
for i = 2, #ARGV, width do
  fields[#fields + 1] = ARGV[i]
end
local stored = redis.call('HMGET', KEYS[2], unpack(fields))
local seen, reply, writes, dirty = {}, {1}, {}, {}
for n = 1, #fields do
  local at = 2 + (n - 1) * width
  local before = seen[fields[n]] or stored[n]
  if not before and ARGV[at + 4] ~= '1' then
    reply[n + 1] = {0}
  else
    local d, r, o = string.match(before or '0 0 0', '^(%d+) (%d+) (%d+)$')
    local delivered = math.max(tonumber(d), tonumber(ARGV[at + 1]))
    local read, ordinal = tonumber(r), tonumber(o)
    if tonumber(ARGV[at + 2]) > read then
      read, ordinal = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
    end
    delivered = math.max(delivered, read)
    local after = string.format('%.0f %.0f %.0f', delivered, read, ordinal)
    reply[n + 1] = {1, delivered > tonumber(d) and 1 or 0, read > tonumber(r) and 1 or 0, after}
    if after ~= before then
      seen[fields[n]] = after
      writes[#writes + 1] = fields[n]
      writes[#writes + 1] = after
      dirty[#dirty + 1] = fields[n]
    end
  end
end
if #writes > 0 then
  redis.call('HSET', KEYS[2], unpack(writes))
  redis.call('SADD', KEYS[3], unpack(dirty))
end
return reply
