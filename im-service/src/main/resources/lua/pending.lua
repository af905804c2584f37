-- Reads pending messages.
--
-- KEYS     2 body, 3 pending
-- ARGV     from 2 on: members of pending
-- Reply    per member its body; '' where it is not pending any more
local members = {}
for i = 2, #ARGV do
  members[i - 1] = ARGV[i]
end
local due = redis.call('ZMSCORE', KEYS[3], unpack(members))
local bodies = redis.call('HMGET', KEYS[2], unpack(members))
local reply = {1}
for i = 1, #members do
  reply[i + 1] = due[i] and bodies[i] or ''
end
return reply
