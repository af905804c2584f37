-- What the scripts of rooms share: they come behind this.
--
-- room_nodes:<room>  HASH incarnation -> until when (unix ms):connections, and '' -> the room's version. It expires with the last lease.
--
-- A caller that goes by what it knows of a room says the version that it knows, whether it is sure of it (1: it has just read it), and which version it has been
-- told of here before it read it (0: none). Where a newer one is known here, or none and it is not sure, it has to read the room again.

-- For how long a version is known where no node has anybody in the room, ms.
local UNATTENDED = 60000

-- Returns a room {version = number or nil, leases = incarnation -> {until, connections}, over = incarnations}.
local function read_room(key, now)
  local fields, room = redis.call('HGETALL', key), {leases = {}, over = {}}
  for k = 1, #fields, 2 do
    if fields[k] == '' then
      room.version = tonumber(fields[k + 1])
    else
      local till, connections = string.match(fields[k + 1], '(%d+):(%d+)')
      if tonumber(till) > now then
        room.leases[fields[k]] = {tonumber(till), tonumber(connections)}
      else
        room.over[#room.over + 1] = fields[k]
      end
    end
  end
  return room
end

local function outdated(room, version, sure, told)
  if not room.version then return sure ~= '1' end
  return room.version > tonumber(version) and room.version ~= tonumber(told)
end

local function present(room)
  local sum = 0
  for _, lease in pairs(room.leases) do sum = sum + lease[2] end
  return sum
end

local function nodes(room)
  local incarnations = {}
  for incarnation in pairs(room.leases) do incarnations[#incarnations + 1] = incarnation end
  return incarnations
end

-- Writes the version, and what has become of one node's lease, which is in the room or over.
local function write_room(key, room, version, incarnation, now)
  if #room.over > 0 then redis.call('HDEL', key, unpack(room.over)) end
  local fields, last = {'', string.format('%.0f', version)}, now + UNATTENDED
  for node, lease in pairs(room.leases) do
    last = math.max(last, lease[1])
    if node == incarnation then
      fields[#fields + 1] = node
      fields[#fields + 1] = string.format('%.0f:%.0f', lease[1], lease[2])
    end
  end
  redis.call('HSET', key, unpack(fields))
  redis.call('PEXPIREAT', key, string.format('%.0f', last))
end
