package im.magpie.codec.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidV7Test {

    /** The example of RFC 9562, appendix A.6. */
    private static final String EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

    private static final long EXAMPLE_TIME = 1_645_557_742_000L;

    @Test
    void readsTheTime() {
        assertThat(UuidV7.timeMillis(UuidV7.parse(EXAMPLE))).isEqualTo(EXAMPLE_TIME);
    }

    @Test
    void readsAndWritesBytes() {
        var bytes = HexFormat.of().parseHex(EXAMPLE.replace("-", ""));
        assertThat(UuidV7.toBytes(UuidV7.parse(EXAMPLE))).isEqualTo(bytes);
        assertThat(UuidV7.fromBytes(bytes)).hasToString(EXAMPLE);
    }

    @Test
    void makesIdsOfAnyTime() {
        for (var time : new long[] {0, 1, EXAMPLE_TIME, (1L << 47) - 1, 1L << 47, (1L << 48) - 1}) {
            var id = UuidV7.next(() -> time);
            assertThat(UuidV7.timeMillis(id)).isEqualTo(time);
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(UuidV7.parse(id.toString())).isEqualTo(id);
        }
        var clock = Clock.fixed(Instant.ofEpochMilli(EXAMPLE_TIME), ZoneOffset.UTC);
        assertThat(UuidV7.timeMillis(UuidV7.next(clock))).isEqualTo(EXAMPLE_TIME);
    }

    @Test
    void makesDifferentIdsOfOneTime() {
        var ids = new HashSet<UUID>();
        for (var i = 0; i < 10_000; i++) {
            ids.add(UuidV7.next(() -> EXAMPLE_TIME));
        }
        assertThat(ids).hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 48, Long.MIN_VALUE})
    void refusesTimesThatDoNotFit(long time) {
        assertThatIllegalArgumentException().isThrownBy(() -> UuidV7.next(() -> time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", // version 4
                "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", // another variant
                "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", // upper case
                "17f22e2-79b0-7cc3-98c4-dc0c0c07398f", // a digit short
                "0017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                "017f22e279b0-7cc3-98c4-dc0c0c07398f-0",
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398\u0666",
                "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
            })
    void refusesWhatIsNotCanonical(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> UuidV7.parse(text));
    }

    @Test
    void refusesBytesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> UuidV7.fromBytes(new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> UuidV7.fromBytes(new byte[17]));
        assertThatIllegalArgumentException().isThrownBy(() -> UuidV7.fromBytes(new byte[16]));
    }
}
