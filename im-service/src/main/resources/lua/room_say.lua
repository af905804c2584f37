-- Counts what is said in a room, as far as it may be said in this second, as long as its caller knows the room as it is.
--
-- KEYS[2]    room_nodes
-- KEYS[3]    room_count: HASH run, number, second, used, and of the last message that is kept kept (its number) and kept_at; it expires when nothing was said for long
-- ARGV[2-4]  the version that the caller knows, whether it is sure, and of which it was told
-- ARGV[5]    how many messages a second there may be
-- ARGV[6]    for how long nothing is said before the count begins anew, ms
-- ARGV[7]    per message a digit: its priority, 1 to 3
-- ARGV[8]    1 where the room keeps what is said
-- Reply      0 and the version known here, or 0 for none: nothing was counted; or 1, now, the run, per message its number (0 where it is one too many), and
--            the incarnations of the nodes that are present

-- The part of a second's messages that each priority may use.
local PARTS = {['1'] = 0.5, ['2'] = 0.9, ['3'] = 1}

local now = clock()
local room = read_room(KEYS[2], now)
if outdated(room, ARGV[2], ARGV[3], ARGV[4]) then return {1, 0, room.version or 0} end

local count = redis.call('HMGET', KEYS[3], 'run', 'number', 'second', 'used')
local second = math.floor(now / 1000)
local used = tonumber(count[3]) == second and tonumber(count[4]) or 0
local run, number = count[1] or string.format('%.0f', now), tonumber(count[2]) or 0
local before, numbers = number, {}
for i = 1, #ARGV[7] do
  if used < ARGV[5] * PARTS[string.sub(ARGV[7], i, i)] then
    used, number = used + 1, number + 1
    numbers[i] = string.format('%.0f', number)
  else
    numbers[i] = '0'
  end
end
local reply = {1, 1, string.format('%.0f', now), run, numbers, nodes(room)}

if room.version ~= tonumber(ARGV[2]) then write_room(KEYS[2], room, tonumber(ARGV[2]), '', now) end
if number > before then
  redis.call('HSET', KEYS[3], 'run', run, 'number', string.format('%.0f', number),
    'second', string.format('%.0f', second), 'used', used)
  if ARGV[8] == '1' then
    redis.call('HSET', KEYS[3], 'kept', string.format('%.0f', number), 'kept_at', string.format('%.0f', now))
  end
  redis.call('PEXPIRE', KEYS[3], ARGV[6])
end
return reply
