-- Says where a user's devices are connected.
--
-- KEYS[2]  session:<user>: HASH device -> "incarnation connection loginTime sigIssued run attempt"
-- reply    the time, and {device, session, device, session, ...}
return {1, string.format('%.0f', clock()), redis.call('HGETALL', KEYS[2])}
