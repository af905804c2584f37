-- Takes down that a room has a version now, for all who know an older one.
--
-- KEYS[2]  room_nodes
-- ARGV[2]  the version, which is committed
-- Reply    the incarnations of the nodes that are present
local now = clock()
local room = read_room(KEYS[2], now)
local reply = nodes(room)
write_room(KEYS[2], room, math.max(room.version or 0, tonumber(ARGV[2])), '', now)
return {1, unpack(reply)}
