-- Takes down how many connections a node has in rooms now, and tells the rooms' versions.
--
-- KEYS     from 2: room_nodes of room i
-- ARGV[2]  the node's incarnation
-- ARGV[3]  how long its leases are, ms
-- ARGV     from 4: per room the version that the caller has read, 0 where it has read none, and the node's connections, 0 for a node that is out
-- Reply    per room the version, the newest of the two; 0 where none is known
local now = clock()
local rooms, versions = {}, {}
for i = 2, #KEYS do
  local room, read, connections = read_room(KEYS[i], now), tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  room.version = math.max(room.version or 0, read)
  for k = #room.over, 1, -1 do
    if room.over[k] == ARGV[2] then table.remove(room.over, k) end
  end
  if connections > 0 then
    room.leases[ARGV[2]] = {now + ARGV[3], connections}
  else
    room.leases[ARGV[2]] = nil
    room.over[#room.over + 1] = ARGV[2]
  end
  rooms[i] = room
  versions[i - 1] = string.format('%.0f', room.version)
end

for i = 2, #KEYS do
  -- A room of which no version is known is one that was not read: who sends or enters reads it.
  if rooms[i].version > 0 then
    write_room(KEYS[i], rooms[i], rooms[i].version, ARGV[2], now)
  elseif rooms[i].leases[ARGV[2]] then
    local lease = rooms[i].leases[ARGV[2]]
    redis.call('HSET', KEYS[i], ARGV[2], string.format('%.0f:%.0f', lease[1], lease[2]))
    redis.call('PEXPIREAT', KEYS[i], string.format('%.0f', lease[1]))
  else
    redis.call('HDEL', KEYS[i], ARGV[2])
  end
end
return {1, unpack(versions)}
