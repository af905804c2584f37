package im.magpie.service.redis;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;

/** Runs scripts on the master that holds their keys. Blocks; meant for virtual threads. */
public final class RedisScripts {

    private static final Script TIME = Script.plain("time");

    private final RScript scripts;

    public RedisScripts(RedissonClient redisson) {
        this.scripts = redisson.getScript(ByteArrayCodec.INSTANCE);
    }

    /**
     * Runs a script that answers an array.
     *
     * @throws MagpieException UNAVAILABLE when Redis did not answer: the script may have run or not
     */
    public ScriptReply run(Script script, List<String> keys, List<byte[]> arguments) {
        try {
            return new ScriptReply(evaluate(script, List.copyOf(keys), arguments.toArray()));
        } catch (RedisException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "Redis did not answer to " + script, e);
        }
    }

    /** Returns Redis' clock, the only one that counts: unix milliseconds. */
    public long timeMillis() {
        return run(TIME, List.of(), List.of()).number(0);
    }

    private List<@Nullable Object> evaluate(Script script, List<Object> keys, Object[] arguments) {
        try {
            return scripts.evalSha(RScript.Mode.READ_WRITE, script.sha(), RScript.ReturnType.LIST, keys, arguments);
        } catch (RedisNoScriptException _) {
            return scripts.eval(RScript.Mode.READ_WRITE, script.source(), RScript.ReturnType.LIST, keys, arguments);
        }
    }
}
