package im.magpie.service.epoch;

import im.magpie.service.redis.ScriptReply;

/**
 * What a script of a partition answered.
 *
 * @param epoch the epoch in which it ran
 */
public record EpochReply(long epoch, ScriptReply values) {}
