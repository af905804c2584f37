package im.magpie.tcp.login;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.metrics.ResultTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of logins: their results, and how many wait. */
final class LoginMeters {

    private final ResultTimer logins;

    LoginMeters(MeterRegistry registry, Authenticator authenticator) {
        this.logins =
                new ResultTimer(registry, "magpie.gateway.login", "Logins, from LOGIN to its answer", ErrorCode.OK);
        Gauge.builder("magpie.gateway.waiting.logins", authenticator, Authenticator::waiting)
                .description("Logins that wait for a call")
                .baseUnit("logins")
                .register(registry);
    }

    void answered(LoginResult result, long since) {
        var code = switch (result) {
            case LoginResult.In _ -> ErrorCode.OK;
            case LoginResult.Refused refused -> refused.code();
        };
        logins.recordSince(code, since);
    }
}
