package im.magpie.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.testing.RedisProcess;
import im.magpie.service.testing.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisScriptsTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final Script TIME = Script.plain("time");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Script script(String source) {
        return new Script("test", source, "0".repeat(40));
    }

    @Test
    void runsAScriptThatRedisDoesNotKnowAndOneThatItKnows() {
        REDIS.client().getScript().scriptFlush();
        var scripts = REDIS.scripts();
        for (var i = 0; i < 2; i++) {
            assertThat(scripts.timeMillis()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        }
        assertThat(REDIS.client().getScript().scriptExists(TIME.sha())).containsExactly(true);
    }

    @Test
    void passesKeysAndArgumentsAsTheyAre() {
        var echo = script("return {KEYS[1], ARGV[1], #ARGV[2], false, {7, ARGV[1]}}");
        var reply = REDIS.scripts().run(echo, List.of("{c:1}:key"), List.of(bytes("ä"), new byte[] {0, -1, 13, 10}));
        assertThat(reply.size()).isEqualTo(5);
        assertThat(reply.text(0)).isEqualTo("{c:1}:key");
        assertThat(reply.bytes(1)).isEqualTo(bytes("ä"));
        assertThat(reply.number(2)).isEqualTo(4);
        assertThat(reply.bytesOrNull(3)).isNull();
        assertThat(reply.array(4).number(0)).isEqualTo(7);
        assertThat(reply.array(4).text(1)).isEqualTo("ä");
        assertThat(reply.from(3).size()).isEqualTo(2);
    }

    @Test
    void anUnexpectedReplyIsAnError() {
        var reply = REDIS.scripts().run(script("return {false, 1}"), List.of(), List.of());
        assertThatThrownBy(() -> reply.bytes(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reply.number(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reply.array(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void quotesNobodysMessageInAFailure() {
        var failing = script("return redis.call('HGET', ARGV[1])");
        assertThatThrownBy(() -> REDIS.scripts().run(failing, List.of(), List.of(bytes("a secret"))))
                .isInstanceOf(MagpieException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFaultOfAScriptIsNotTakenForARedisThatDoesNotAnswer() {
        var failing = script("return {struct.unpack('>I8', 'short')}");
        assertThatThrownBy(() -> REDIS.scripts().run(failing, List.of(), List.of()))
                .isInstanceOfSatisfying(
                        ScriptFaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void aMasterThatIsOneNoMoreIsUnavailable() {
        try (var master = RedisProcess.start();
                var replica = master.startReplica()) {
            var client = replica.connect();
            var writing = script("redis.call('SET', 'a', 'b') return {1}");
            assertThatThrownBy(() ->
                            new RedisScripts(client, new SimpleMeterRegistry()).run(writing, List.of(), List.of()))
                    .isNotInstanceOf(ScriptFaultException.class)
                    .isInstanceOfSatisfying(
                            MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            client.shutdown();
        }
    }

    @Test
    void isUnavailableWhileRedisIsGone() {
        try (var process = RedisProcess.start()) {
            var client = process.connect();
            var scripts = new RedisScripts(client, new SimpleMeterRegistry());
            assertThat(scripts.timeMillis()).isPositive();
            process.stop();
            assertThatThrownBy(scripts::timeMillis)
                    .isInstanceOfSatisfying(
                            MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            process.resume();
            assertThat(scripts.timeMillis()).isPositive();
            client.shutdown();
        }
    }
}
