package im.magpie.service.redis;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs scripts on the master that holds their keys. Blocks; meant for virtual threads. */
public final class RedisScripts {

    private static final Logger log = LoggerFactory.getLogger(RedisScripts.class);
    private static final String FULL = "command not allowed when used memory";

    /** How Redis calls a script in its errors. */
    private static final String OF_SCRIPT = "user_script";

    /** Errors of commands within a script that are about the server, and pass. */
    private static final Pattern PASSING =
            Pattern.compile("READONLY|MISCONF|NOREPLICAS|LOADING|MASTERDOWN|CLUSTERDOWN");

    private static final Pattern QUOTES =
            Pattern.compile("[.,]? *(channel:|command:|params|codec:|keys)", Pattern.CASE_INSENSITIVE);
    private static final Script TIME = Script.plain("time");

    private final RScript scripts;
    private final ScriptMeters meters;

    public RedisScripts(RedissonClient redisson, MeterRegistry registry) {
        this.meters = new ScriptMeters(registry);
        this.scripts = redisson.getScript(ByteArrayCodec.INSTANCE);
    }

    /**
     * Runs a script that answers an array. It may run twice, when its first answer did not arrive.
     *
     * @throws MagpieException UNAVAILABLE when Redis did not answer: the script may have run or not. BUSY when Redis is full: the script has
     *     changed nothing
     * @throws ScriptFaultException when the script itself failed
     */
    public ScriptReply run(Script script, List<String> keys, List<byte[]> arguments) {
        var begin = System.nanoTime();
        try {
            var reply = new ScriptReply(evaluate(script, List.copyOf(keys), arguments.toArray()));
            meters.ran(script, true, begin);
            return reply;
        } catch (RedisException e) {
            meters.ran(script, false, begin);
            throw failure(script, e);
        }
    }

    /** The driver's messages quote the arguments, and so people's messages: nothing of them may reach a log or a client. */
    private static MagpieException failure(Script script, RedisException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains(FULL)) {
            return new MagpieException(ErrorCode.BUSY, "Redis is full");
        }
        var end = QUOTES.matcher(message);
        var reason = end.find() ? message.substring(0, end.start()) : message;
        if (reason.contains(OF_SCRIPT) && !PASSING.matcher(reason).find()) {
            return new ScriptFaultException(script, reason);
        }
        log.warn("Script {} failed: {}: {}", script, e.getClass().getSimpleName(), reason);
        return new MagpieException(ErrorCode.UNAVAILABLE, "Redis did not answer to " + script);
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
