-- Lets a node be present in a room with one more connection, as long as its caller knows the room as it is.
--
-- KEYS[2]    room_nodes
-- ARGV[2-4]  the version that the caller knows, whether it is sure, and of which it was told
-- ARGV[5]    the node's incarnation
-- ARGV[6]    how long its lease is, ms
-- Reply      0 and the version known here, or 0 for none: nothing was done; or 1 and how many connections are in the room
local now = clock()
local room = read_room(KEYS[2], now)
if outdated(room, ARGV[2], ARGV[3], ARGV[4]) then return {1, 0, room.version or 0} end

local lease = room.leases[ARGV[5]] or {0, 0}
room.leases[ARGV[5]] = {math.max(lease[1], now + ARGV[6]), lease[2] + 1}
for i = #room.over, 1, -1 do
  if room.over[i] == ARGV[5] then table.remove(room.over, i) end
end
local sum = present(room)
write_room(KEYS[2], room, tonumber(ARGV[2]), ARGV[5], now)
return {1, 1, sum}
