-- Tells up to where a room has to keep what was said in it.
--
-- KEYS[2]  room_count
-- Reply    the run, the number and the time of the last message that it is to keep; 0 each where none is known, or not any more
local count = redis.call('HMGET', KEYS[2], 'run', 'kept', 'kept_at')
if not count[2] then return {1, '0', '0', '0'} end
return {1, count[1], count[2], count[3]}
