-- Says where a user's devices are connected.
--
-- KEYS[2]  session
-- ARGV[2]  the user
-- reply    the time, and the user's sessions, a line each
return {1, string.format('%.0f', clock()), redis.call('HGET', KEYS[2], ARGV[2]) or ''}
