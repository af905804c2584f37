-- What the scripts on users' indexes share. The keys of an epoch:
--   version       HASH  user -> counter of the user's index; and floor, the highest counter that any user had who was let go
--   start         HASH  user -> below this version the index, which is built, does not know what changed
--   index:USER    ZSET  conversation -> counter
--   moved         HASH  user -> counter at which the list of the user's groups that are not in the index last changed
--   newest        HASH  user -> the conversation of his highest entry, as long as no device can know that entry's version
--   idle          HASH  user -> the counter and the time at which idle.lua found the user with no session
-- Invariants: a user without a counter has the floor for it. Whoever was let go and comes back goes on above it, so no version comes twice
-- in an epoch. Every entry of a built index is above its start.
local FLOOR = 'floor'

-- A user's counter, of what HMGET says of the user and the floor.
local function counter_of(counter, floor)
  return tonumber(counter or floor or '0')
end
