-- Takes pending messages whose due time has passed, by moving it.
--
-- KEYS     2 body, 3 pending
-- ARGV[2]  how many at most
-- Reply    per message two: its member of pending, its body
--
-- Why it is safe. Due times move in the step that reads them, so two claimants never get the same message in the same term. The next term
-- is the message's age, at least 5 s and at most 60 s: 5, 10, 20, 40, 60, 60 ...
local SHORTEST, LONGEST = 5000, 60000

local now = clock()
local members = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, ARGV[2])
if #members == 0 then return {1} end

local bodies = redis.call('HMGET', KEYS[2], unpack(members))
local reply, scores = {1}, {}
for i = 1, #members do
  local age = LONGEST
  if bodies[i] then
    local _, time = struct.unpack('>I8I8', bodies[i])
    age = now - time
    reply[#reply + 1], reply[#reply + 2] = members[i], bodies[i]
  end
  scores[#scores + 1], scores[#scores + 2] = now + math.min(math.max(age, SHORTEST), LONGEST), members[i]
end
-- A full Redis refuses ZADD, unless the script has written before: what is accepted must be settled even then.
redis.call('HDEL', KEYS[2], '')
redis.call('ZADD', KEYS[3], 'XX', unpack(scores))
return reply
