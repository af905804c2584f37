package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.BOT;
import static im.magpie.codec.protocol.ClientType.IOS;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.MACOS;
import static im.magpie.codec.protocol.ClientType.WEB;
import static im.magpie.codec.protocol.ClientType.WINDOWS;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DevicePolicyTest {

    private static final List<ClientType> ALL = Arrays.stream(ClientType.values())
            .filter(type -> type != ClientType.CLIENT_TYPE_UNSPECIFIED && type != ClientType.UNRECOGNIZED)
            .toList();

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CLIENT_TYPE_UNSPECIFIED", "UNRECOGNIZED"})
    void oneOfEachOneAtAllOrAnyNumber(ClientType type) {
        assertThat(DevicePolicy.SINGLE.apartFrom(type)).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(DevicePolicy.PER_CLIENT_TYPE.apartFrom(type)).containsExactly(type);
        assertThat(DevicePolicy.UNLIMITED.apartFrom(type)).isEmpty();
    }

    @Test
    void oneMobileOneDesktopOneBrowserAndOneBot() {
        for (var kind : List.of(List.of(ANDROID, IOS), List.of(WINDOWS, MACOS, LINUX), List.of(WEB), List.of(BOT))) {
            assertThat(kind)
                    .allSatisfy(type -> assertThat(DevicePolicy.MOBILE_DESKTOP_WEB.apartFrom(type))
                            .containsExactlyInAnyOrderElementsOf(kind));
        }
    }

    /** Else it would depend on who comes first which of two may stay. */
    @ParameterizedTest
    @EnumSource
    void whoIsApartFromAnotherHasTheOtherApart(DevicePolicy policy) {
        for (var one : ALL) {
            for (var other : ALL) {
                assertThat(policy.apartFrom(one).contains(other))
                        .isEqualTo(policy.apartFrom(other).contains(one));
            }
        }
    }
}
