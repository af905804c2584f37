package im.magpie.codec.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "user_42", "Z", "0", "a.b@c.d", "x+y-z", "_"})
    void usersAndDevicesMayBeCalled(String id) {
        assertThat(Identifiers.isUserId(id)).isTrue();
        assertThat(Identifiers.isDeviceId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a~b", "a/b", "a:b", "ä", "\u0660", "喜", "a\n", "a\u0000", "[", "`", "{", "@ "})
    void usersAndDevicesMayNotBeCalled(String id) {
        assertThat(Identifiers.isUserId(id)).isFalse();
        assertThat(Identifiers.isDeviceId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "magpie", "my-app-2", "-"})
    void appsMayBeCalled(String id) {
        assertThat(Identifiers.isAppId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a_b", "a.b", "a@b", "a+b", "a b", "ä"})
    void appsMayNotBeCalled(String id) {
        assertThat(Identifiers.isAppId(id)).isFalse();
    }

    @Test
    void namesAreNotLongerThanTheirLimit() {
        assertThat(Identifiers.isUserId("u".repeat(64))).isTrue();
        assertThat(Identifiers.isUserId("u".repeat(65))).isFalse();
        assertThat(Identifiers.isAppId("a".repeat(32))).isTrue();
        assertThat(Identifiers.isAppId("a".repeat(33))).isFalse();
    }
}
