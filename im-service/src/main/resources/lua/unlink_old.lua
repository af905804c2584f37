-- Lets go keys of epochs gone by.
--
-- ARGV   from 2: the keys, each of this partition and of an epoch below ARGV[1]
-- Reply  how many there were
return {1, redis.call('UNLINK', unpack(ARGV, 2))}
