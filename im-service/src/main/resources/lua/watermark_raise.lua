-- Raises watermarks by maximum. A watermark that Redis does not have is raised only above what MySQL has of it.
--
-- KEYS[2]  mark: HASH user conversation -> "delivered read readOrdinal mentioned"
-- KEYS[3]  dirty: SET of marks that MySQL does not have yet
-- then per watermark six of ARGV from 2: its field, delivered, read, readOrdinal, mentioned, and what MySQL has of it, or '' when that was not asked yet
-- reply    per watermark {0} when MySQL has to be asked, else
--          {1, 1 when delivered rose, 1 when read rose, "delivered read readOrdinal mentioned"}
local width = 6
local fields = {}
for i = 2, #ARGV, width do
  fields[#fields + 1] = ARGV[i]
end
local kept = redis.call('HMGET', KEYS[2], unpack(fields))
local seen, reply, writes, dirty = {}, {1}, {}, {}
for n = 1, #fields do
  local at = 2 + (n - 1) * width
  local here = seen[fields[n]] or kept[n]
  local before = here or ARGV[at + 5]
  if before == '' then
    reply[n + 1] = {0}
  else
    local d, r, o, m = string.match(before, '^(%d+) (%d+) (%d+) ?(%d*)$')
    local delivered = math.max(tonumber(d), tonumber(ARGV[at + 1]))
    local read, ordinal = tonumber(r), tonumber(o)
    if tonumber(ARGV[at + 2]) > read then
      read, ordinal = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
    end
    delivered = math.max(delivered, read)
    local mentioned = math.max(tonumber(m) or 0, tonumber(ARGV[at + 4]))
    local after = string.format('%.0f %.0f %.0f %.0f', delivered, read, ordinal, mentioned)
    reply[n + 1] = {1, delivered > tonumber(d) and 1 or 0, read > tonumber(r) and 1 or 0, after}
    if after ~= here then
      seen[fields[n]] = after
      writes[#writes + 1] = fields[n]
      writes[#writes + 1] = after
    end
    if after ~= before then
      dirty[#dirty + 1] = fields[n]
    end
  end
end
if #writes > 0 then redis.call('HSET', KEYS[2], unpack(writes)) end
if #dirty > 0 then redis.call('SADD', KEYS[3], unpack(dirty)) end
return reply
