package im.magpie.service.usersig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final UserKey ALICE = new UserKey("acme", "alice");

    private final Caller user = new Caller.User(ALICE, 1);
    private final Caller admin = new Caller.Admin("acme");

    @Test
    void anAdminActsForEveryUserOfTheApp() {
        admin.requireAdmin();
        assertThat(admin.selfOrAdmin("alice")).isEqualTo(ALICE);
    }

    @Test
    void usersActForThemselves() {
        assertThat(user.selfOrAdmin("alice")).isEqualTo(ALICE);
        assertCode(ErrorCode.FORBIDDEN, () -> user.selfOrAdmin("bob"));
        assertCode(ErrorCode.FORBIDDEN, user::requireAdmin);
    }

    @Test
    void nobodyIsCalledJustAnything() {
        assertCode(ErrorCode.INVALID_REQUEST, () -> admin.user("a~b"));
        assertCode(ErrorCode.INVALID_REQUEST, () -> admin.selfOrAdmin("Jürgen"));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(MagpieException.class).isThrownBy(call).returns(code, MagpieException::code);
    }
}
