package im.magpie.service.redis;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/**
 * A script failed on what it was given, or on what it found. That is a fault of ours, and the same call will fail again; one for other conversations or users
 * may pass. Scripts write last, with commands that do not fail: most likely it has changed nothing, but nobody can be sure.
 */
public final class ScriptFaultException extends MagpieException {

    private static final long serialVersionUID = 1L;

    ScriptFaultException(Script script, String reason) {
        super(ErrorCode.INTERNAL, "script %s failed: %s".formatted(script, reason));
    }
}
